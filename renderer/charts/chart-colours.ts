/** How the lines of one component differ from each other: neighbouring hues, then dashes. */

/** How a line is drawn. */
export interface LineStyle {
  readonly colour: string
  readonly dash: 'solid' | 'dashed' | 'dotted'
}

/** Degrees of hue and steps of lightness by which the second, third, … line of a component is shifted. */
const SHIFTS = [
  { hue: 0, lightness: 0 },
  { hue: 28, lightness: 0.1 },
  { hue: -28, lightness: -0.1 },
  { hue: 56, lightness: 0 },
  { hue: -56, lightness: 0.08 },
  { hue: 84, lightness: -0.08 },
  { hue: -84, lightness: 0 },
  { hue: 140, lightness: 0 },
] as const

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
  const hue = (hueOf(red, green, blue, max, chroma) + hueShift + 360) % 360
  return fromHsl(hue, saturation, Math.min(0.78, Math.max(0.28, lightness + lightnessShift)))
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
