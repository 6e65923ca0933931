import type { Plugin } from 'vite';

/** Must agree with what Mantine's colour scheme manager does: it keeps the choice under this key. */
const SOURCE = `(function(){var s;try{s=localStorage.getItem('mantine-color-scheme-value')}catch(e){}
if(s!=='dark'&&s!=='light')s=matchMedia('(prefers-color-scheme: dark)').matches?'dark':'light';
document.documentElement.setAttribute('data-mantine-color-scheme',s)})();`;

/**
 * Sets light or dark before the first paint. A file of its own and not inline, because the policy of the page lets no
 * inline script run.
 */
export function colorScheme(): Plugin {
  let reference = '';
  return {
    name: 'rollcall-color-scheme',
    apply: 'build',
    buildStart() {
      reference = this.emitFile({ type: 'asset', name: 'color-scheme.js', source: SOURCE });
    },
    generateBundle: {
      order: 'pre',
      handler(_options, bundle) {
        const fileName = this.getFileName(reference);
        const page = bundle['index.html'];
        if (page?.type === 'asset')
          page.source = String(page.source).replace('<head>', `<head>\n    <script src="/${fileName}"></script>`);
      },
    },
  };
}
