/** The look of everything: greys for structure, one accent, a 4 px grid, system fonts. Colours are those of `tokens.css`. */
import type { CSSVariablesResolver, MantineColorsTuple } from '@mantine/core'
import { createTheme, Modal, Tooltip } from '@mantine/core'

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
    Modal: Modal.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' }, transitionProps: { duration: 100 } },
    }),
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
  }
  return { variables: {}, light: shared, dark: shared }
}
