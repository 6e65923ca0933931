import { alpha, createTheme, type CSSVariablesResolver } from '@mantine/core';
import { amber, blue, dark, gray, red, spruce } from './colors.ts';

const SANS =
  "Inter, ui-sans-serif, -apple-system, 'Segoe UI Variable Text', 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', sans-serif";
const MONO = "ui-monospace, 'SF Mono', 'Cascadia Code', 'Roboto Mono', 'Liberation Mono', monospace";

/** Rollcall's looks: quiet surfaces, one accent, small type with room around it. */
export const theme = createTheme({
  colors: { spruce, gray, dark, amber, red, blue },
  primaryColor: 'spruce',
  primaryShade: { light: 6, dark: 6 },
  black: '#1d2523',
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.875rem', lg: '1rem', xl: '1.125rem' },
  headings: {
    fontWeight: '620',
    textWrap: 'balance',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.45' },
      h4: { fontSize: '0.875rem', lineHeight: '1.45' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 550, radius: 'sm' } },
    Button: { defaultProps: { size: 'sm', fw: 550 } },
    Card: { defaultProps: { withBorder: true, radius: 'lg', padding: 'lg' } },
    Drawer: { defaultProps: { position: 'right', size: 'lg', closeButtonProps: { 'aria-label': 'Close' } } },
    // The placeholder would be a child that a menu may not have.
    Menu: { defaultProps: { shadow: 'md', radius: 'md', withInitialFocusPlaceholder: false } },
    Modal: {
      defaultProps: {
        radius: 'lg',
        padding: 'lg',
        centered: true,
        closeButtonProps: { 'aria-label': 'Close' },
        overlayProps: { backgroundOpacity: 0.45 },
      },
      styles: { title: { fontWeight: 620, fontSize: '1.0625rem' } },
    },
    SegmentedControl: { defaultProps: { withItemsBorders: false } },
    Switch: { defaultProps: { withThumbIndicator: false } },
    Paper: { defaultProps: { radius: 'lg' } },
    Tooltip: {
      defaultProps: { withArrow: true, multiline: true, maw: 320, events: { hover: true, focus: true, touch: true } },
    },
  },
});

const LIGHT_INK = { amber: 7, red: 7, blue: 7, spruce: 7, gray: 8 } as const;
const DARK_INK = { amber: 3, red: 3, blue: 3, spruce: 3, gray: 2 } as const;

/**
 * The colours in which Mantine misses the contrast that WCAG AA asks for: dimmed and placeholder text,
 * and the ink on tinted badges, buttons and alerts.
 */
export const cssVariablesResolver: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-dimmed': '#5a6662',
    '--mantine-color-placeholder': '#66726e',
    '--mantine-color-error': '#a82c25',
    '--mantine-color-anchor': colors['spruce']![7],
    ...inks(LIGHT_INK, colors),
  },
  dark: {
    '--mantine-color-body': '#171f1d',
    '--mantine-color-text': '#dfe6e4',
    '--mantine-color-dimmed': '#a0aeaa',
    '--mantine-color-placeholder': '#94a29e',
    '--mantine-color-error': '#f0a097',
    '--mantine-color-anchor': colors['spruce']![3],
    ...inks(DARK_INK, colors),
    ...tints(colors),
  },
});

/** Tints that a night surface can bear: Mantine's own are nearly black. */
function tints(colors: Readonly<Record<string, readonly string[]>>) {
  return Object.fromEntries(
    Object.keys(DARK_INK).map((name) => [`--mantine-color-${name}-light`, alpha(colors[name]?.[4] ?? '', 0.16)]),
  );
}

function inks(shades: Readonly<Record<string, number>>, colors: Readonly<Record<string, readonly string[]>>) {
  return Object.fromEntries(
    Object.entries(shades).flatMap(([name, shade]) => {
      const ink = colors[name]?.[shade] ?? '';
      return [
        [`--mantine-color-${name}-light-color`, ink],
        [`--mantine-color-${name}-outline`, ink],
        [`--mantine-color-${name}-text`, ink],
      ];
    }),
  );
}
