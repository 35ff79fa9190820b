/** How the lines of one component differ from each other: neighbouring hues, then dashes. */

/** How a line is drawn. */
export interface LineStyle {
  readonly colour: string
  readonly dash: 'solid' | 'dashed' | 'dotted'
}

/** Lines of a component that have a hue each; then dashes begin. */
const HUES = 8

/** Hues of further lines go round by this share of the circle, which keeps any number of them apart: the golden section. */
const HUE_STEP = (3 - Math.sqrt(5)) / 2

/** Neighbouring lines differ in luminance, too. */
const LUMINANCE_STEPS = [1, 0.8, 0.65] as const

/** On white, no darker than hues can be told apart, and 4 : 1 against it. */
const ON_WHITE = { least: 0.2, most: 0.21 } as const

/** Colours for a white background are darker than this, those for a black one brighter. */
const MIDDLE = 0.3

/** Halvings until the lightness of a hue is exact to less than an eighth of a bit. */
const HALVINGS = 11

/** Shifted hues of a grey could not be told apart. */
const SATURATION_MIN = 0.55

/** Hues this near to red look like it. */
const RED_DEGREES = 24

const DASHES = ['solid', 'dashed', 'dotted'] as const

/** The `index`-th line of a component whose own colour is `#rrggbb`. */
export function lineStyle(colour: string, index: number): LineStyle {
  const step = index % HUES
  const dash = DASHES[Math.floor(index / HUES) % DASHES.length]!
  return { colour: step === 0 ? colour : shifted(colour, step), dash }
}

/** Red, green and blue, each from 0 to 1. */
type Channels = [red: number, green: number, blue: number]

function channelsOf(hex: string): Channels {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as Channels
}

function shifted(hex: string, step: number): string {
  const [red, green, blue] = channelsOf(hex)
  const [max, min] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  const lightness = (max + min) / 2
  const chroma = max - min
  const saturation = chroma === 0 ? 0 : chroma / (1 - Math.abs(2 * lightness - 1))
  const hue = hueApart(hueOf(red, green, blue, max, chroma), step)
  const own = luminanceOf(red, green, blue)
  const brightest = own < MIDDLE ? Math.min(ON_WHITE.most, Math.max(ON_WHITE.least, own)) : own
  const luminance = brightest * LUMINANCE_STEPS[step % LUMINANCE_STEPS.length]!
  return atLuminance(hue, Math.max(SATURATION_MIN, saturation), luminance)
}

/** The colour of a hue that is as bright as asked for: yellow needs a lower lightness for it than blue. */
function atLuminance(hue: number, saturation: number, luminance: number): string {
  let [low, high] = [0, 1]
  for (let halving = 0; halving < HALVINGS; halving++) {
    const lightness = (low + high) / 2
    if (luminanceOf(...channelsOf(fromHsl(hue, saturation, lightness))) < luminance) low = lightness
    else high = lightness
  }
  return fromHsl(hue, saturation, (low + high) / 2)
}

/** Relative luminance (WCAG 2.2) of channels from 0 to 1. */
function luminanceOf(red: number, green: number, blue: number): number {
  const [r, g, b] = [red, green, blue].map((channel) =>
    channel <= 0.040_45 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4,
  ) as Channels
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

/** The hue that is `step` steps away on the circle without red, which says that something is wrong. */
function hueApart(hue: number, step: number): number {
  const roomDegrees = 360 - 2 * RED_DEGREES
  const from = (hue - RED_DEGREES) / roomDegrees
  const at = from + step * HUE_STEP
  return RED_DEGREES + (at - Math.floor(at)) * roomDegrees
}

function hueOf(red: number, green: number, blue: number, max: number, chroma: number): number {
  if (chroma === 0) return 0
  if (max === red) return 60 * (((green - blue) / chroma + 6) % 6)
  return max === green ? 60 * ((blue - red) / chroma + 2) : 60 * ((red - green) / chroma + 4)
}

function fromHsl(hue: number, saturation: number, lightness: number): string {
  const amplitude = saturation * Math.min(lightness, 1 - lightness)
  const channel = (offset: number): string => {
    const k = (offset + hue / 30) % 12
    const value = lightness - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1))
    return Math.round(255 * value)
      .toString(16)
      .padStart(2, '0')
  }
  return `#${channel(0)}${channel(8)}${channel(4)}`
}
