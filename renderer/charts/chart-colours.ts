/** How the lines of one component differ from each other: neighbouring hues, then dashes. */

/** How a line is drawn. */
export interface LineStyle {
  readonly colour: string
  readonly dash: 'solid' | 'dashed' | 'dotted'
}

/** Degrees of hue and steps of lightness by which the second, third, … line of a component is shifted. */
const SHIFTS = [
  { hue: 0, lightness: 0 },
  { hue: 45, lightness: 0.06 },
  { hue: -50, lightness: -0.06 },
  { hue: 100, lightness: 0 },
  { hue: -100, lightness: 0.06 },
  { hue: 150, lightness: -0.06 },
  { hue: -145, lightness: 0.08 },
  { hue: 180, lightness: 0 },
] as const

/** Shifted hues of a grey could not be told apart. */
const SATURATION_MIN = 0.55

/** Hues this near to red look like it. */
const RED_DEGREES = 24

const DASHES = ['solid', 'dashed', 'dotted'] as const

/** The `index`-th line of a component whose own colour is `#rrggbb`. */
export function lineStyle(colour: string, index: number): LineStyle {
  const shift = SHIFTS[index % SHIFTS.length]!
  const dash = DASHES[Math.floor(index / SHIFTS.length) % DASHES.length]!
  return { colour: index % SHIFTS.length === 0 ? colour : shifted(colour, shift.hue, shift.lightness), dash }
}

function shifted(hex: string, hueShift: number, lightnessShift: number): string {
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255) as [
    number,
    number,
    number,
  ]
  const [max, min] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  const lightness = (max + min) / 2
  const chroma = max - min
  const saturation = chroma === 0 ? 0 : chroma / (1 - Math.abs(2 * lightness - 1))
  const hue = apartFromRed((hueOf(red, green, blue, max, chroma) + hueShift + 360) % 360)
  return fromHsl(hue, Math.max(SATURATION_MIN, saturation), Math.min(0.78, Math.max(0.28, lightness + lightnessShift)))
}

/** Red says that something is wrong, so no line may drift there. */
function apartFromRed(hue: number): number {
  if (hue > 360 - RED_DEGREES) return 360 - RED_DEGREES - (hue - 360 + RED_DEGREES)
  return hue < RED_DEGREES ? RED_DEGREES + (RED_DEGREES - hue) : hue
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
