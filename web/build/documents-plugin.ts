import type { Plugin } from 'vite';

const CALL =
  /\bgraphql\(\s*(?:\/\* GraphQL \*\/\s*)?`\s*(?<kind>query|mutation|fragment)\s+(?<name>\w+)[^`]*`,?\s*\)/gu;

/**
 * Puts the ready document in the place of each `graphql(…)` call. Without it the first load would carry every
 * operation of the application twice: as text, and in the table that the text is looked up in.
 */
export function documents(): Plugin {
  return {
    name: 'rollcall-documents',
    enforce: 'pre',
    transform(code, id) {
      if (!/\.tsx?$/u.test(id) || id.includes('/gql/') || !code.includes('graphql(')) return null;
      const used = new Set<string>();
      const replaced = code.replace(CALL, (_call, kind: string, name: string) => {
        const document = name + (kind === 'fragment' ? 'FragmentDoc' : 'Document');
        used.add(`${document} as $${document}`);
        // The source may well call its constant by the same name.
        return `$${document}`;
      });
      if (used.size === 0) return null;
      return { code: `import { ${[...used].join(', ')} } from '/src/gql/graphql.ts';\n${replaced}`, map: null };
    },
  };
}
