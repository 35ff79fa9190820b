/** Each component keeps its colour in every chart and every run. */

/** Which background the colour stands on. */
export type ColourTheme = 'light' | 'dark'

/**
 * Twelve hues that differ in lightness, too, and leave green, amber and red to status. Each has a contrast of at least 3 : 1 on
 * its background.
 */
const palette: Readonly<Record<ColourTheme, readonly string[]>> = {
  light: [
    '#3b5bdb',
    '#b4531a',
    '#0f766e',
    '#a21caf',
    '#66700f',
    '#b8327a',
    '#0369a1',
    '#7d5230',
    '#6d28d9',
    '#2a7f9e',
    '#7a4a78',
    '#475569',
  ],
  dark: [
    '#8ea2ff',
    '#f0935a',
    '#4fd1c0',
    '#e07bf0',
    '#c0cc55',
    '#f78bc0',
    '#5cbcf5',
    '#cfa078',
    '#b79bff',
    '#7fd0e6',
    '#d3a0d0',
    '#a8b3c4',
  ],
}

/** The colour of a component, `catalog` or `clients`, whatever else the chart shows. */
export function seriesColour(componentId: string, theme: ColourTheme): string {
  const colours = palette[theme]
  return colours[hashOf(componentId) % colours.length] ?? '#808080'
}

/** FNV-1a, 32 bit (Fowler, Noll, Vo), folded so that the low bits depend on all others. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash ^ (hash >>> 15)) >>> 0
}
