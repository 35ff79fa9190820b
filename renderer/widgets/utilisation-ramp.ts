/**
 * The one colour scale of utilisation, for canvas, heat map and legends: from deep blue (idle) over grey to yellow (full), as
 * in cividis (Nuñez, Anderton, Renslow, "Optimizing colormaps with consideration for color vision deficiency", 2018): hue says
 * the same to readers with and without colour vision deficiency, and lightness rises evenly. Differs from the source: three
 * anchors instead of its table, joined in Oklab (Ottosson, 2020).
 */

/** A colour and the text colour that can be read on it. */
export interface RampColour {
  readonly fill: string
  readonly text: string
}

/** Marks that legends show: at 70 % queues begin to grow, at 90 % they run away. */
export const UTILISATION_MARKS = [0.7, 0.9] as const

const ANCHORS: readonly (readonly [number, number, number])[] = [
  [0, 44, 102],
  [124, 123, 120],
  [253, 228, 61],
]

const DARK_TEXT = '#000000'
const LIGHT_TEXT = '#ffffff'

/** Relative luminance (WCAG 2) above which black has more contrast than white; either has at least 4.5 : 1. */
const DARK_TEXT_ABOVE = 0.179

type Oklab = readonly [number, number, number]

/** Colour of a utilisation, 0..1; more than 1 is as full as can be. NaN and null are the colour of 0. */
export function utilisationColour(utilisation: number | null): RampColour {
  const channels = channelsOf(between(clamped(utilisation)))
  const [red, green, blue] = channels
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  const fill = `#${channels.map((channel) => byteOf(channel).toString(16).padStart(2, '0')).join('')}`
  return { fill, text: luminance > DARK_TEXT_ABOVE ? DARK_TEXT : LIGHT_TEXT }
}

/** Lightness of the ramp in Oklab, 0..1: rises with utilisation. */
export function rampLightness(utilisation: number): number {
  return between(clamped(utilisation))[0]
}

/** Evenly spaced colours of the whole ramp, for charts that colour by themselves. */
export function utilisationStops(count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => utilisationColour(index / (count - 1)).fill)
}

function clamped(utilisation: number | null): number {
  return utilisation === null || Number.isNaN(utilisation) ? 0 : Math.min(1, Math.max(0, utilisation))
}

function between(position: number): Oklab {
  const pieces = ANCHORS.length - 1
  const piece = Math.min(pieces - 1, Math.floor(position * pieces))
  const share = position * pieces - piece
  const from = oklabOf(ANCHORS[piece] ?? [0, 0, 0])
  const to = oklabOf(ANCHORS[piece + 1] ?? [0, 0, 0])
  return [mixed(from[0], to[0], share), mixed(from[1], to[1], share), mixed(from[2], to[2], share)]
}

function mixed(from: number, to: number, share: number): number {
  return from + (to - from) * share
}

/** sRGB (0..255) to Oklab; matrices as published by its author. */
function oklabOf([red, green, blue]: readonly [number, number, number]): Oklab {
  const [r, g, b] = [linear(red), linear(green), linear(blue)]
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b)
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b)
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b)
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ]
}

/** Oklab to linear sRGB, 0..1. */
function channelsOf([lightness, a, b]: Oklab): readonly [number, number, number] {
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function linear(channel: number): number {
  const share = channel / 255
  return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
}

function byteOf(share: number): number {
  const gamma = share <= 0.0031308 ? 12.92 * share : 1.055 * share ** (1 / 2.4) - 0.055
  return Math.round(Math.min(1, Math.max(0, gamma)) * 255)
}
