/** The look of everything: greys for structure, one accent, a 4 px grid, system fonts. Colours are those of `tokens.css`. */
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core'
import { createTheme, Drawer, Menu, Modal, Portal, Tooltip } from '@mantine/core'

/** Shade of the accent and of status colours on filled controls: dark enough for white text (AA). */
const PRIMARY_SHADE = 8

/** From the lightest; Mantine takes borders, hover and disabled surfaces of the light theme from here. */
const gray: MantineColorsTuple = [
  '#f6f7f9',
  '#eef0f3',
  '#e6e9ee',
  '#dfe2e8',
  '#c9ced8',
  '#8a93a3',
  '#596273',
  '#465063',
  '#353c4a',
  '#1b1f27',
]

/** From text to the deepest background of the dark theme. */
const dark: MantineColorsTuple = [
  '#e6e9ef',
  '#c3cad6',
  '#a2abba',
  '#8f99aa',
  '#39404d',
  '#2a2f39',
  '#20242c',
  '#181b21',
  '#111318',
  '#0c0e12',
]

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: PRIMARY_SHADE,
  autoContrast: true,
  colors: { gray, dark },
  defaultRadius: 6,
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "SF Mono", "Cascadia Code", "DejaVu Sans Mono", Menlo, monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  headings: {
    fontWeight: '600',
    sizes: { h1: { fontSize: '20px' }, h2: { fontSize: '16px' }, h3: { fontSize: '14px' } },
  },
  cursorType: 'pointer',
  components: {
    // The page itself never scrolls, and locking it would write a style that the content security policy forbids.
    Modal: Modal.extend({
      defaultProps: {
        lockScroll: false,
        closeButtonProps: { 'aria-label': 'Close' },
        transitionProps: { duration: 100 },
        // The title of a dialog is not another banner of the page.
        attributes: { header: { role: 'presentation' } },
      },
    }),
    Drawer: Drawer.extend({ defaultProps: { lockScroll: false, closeButtonProps: { 'aria-label': 'Close' } } }),
    // Its place in the page, see index.html, is a landmark, so that what floats belongs to one.
    Portal: Portal.extend({ defaultProps: { target: '#floating' } }),
    Menu: Menu.extend({ defaultProps: { withInitialFocusPlaceholder: false } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 400, events: { hover: true, focus: true, touch: false } } }),
  },
})

/** Mantine's own roles take the colours of our tokens. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--hr-surface)',
    '--mantine-color-text': 'var(--hr-text)',
    '--mantine-color-dimmed': 'var(--hr-text-dim)',
    '--mantine-color-placeholder': 'var(--hr-text-faint)',
    '--mantine-color-anchor': 'var(--hr-accent-text)',
    '--mantine-color-error': 'var(--hr-red)',
    '--mantine-color-indigo-light': 'var(--hr-surface-selected)',
    '--mantine-color-indigo-light-hover': 'var(--hr-surface-selected-hover)',
    '--mantine-color-indigo-light-color': 'var(--hr-accent-text)',
    '--mantine-color-red-light': 'var(--hr-red-surface)',
    '--mantine-color-red-light-color': 'var(--hr-red)',
    '--mantine-color-yellow-light': 'var(--hr-amber-surface)',
    '--mantine-color-yellow-light-color': 'var(--hr-amber)',
    '--mantine-color-green-light': 'var(--hr-green-surface)',
    '--mantine-color-green-light-color': 'var(--hr-green)',
  }
  return { variables: {}, light: shared, dark: shared }
}
