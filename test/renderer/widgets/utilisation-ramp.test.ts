// The utilisation ramp rises in lightness, and text on it can be read.
import { describe, expect, it } from 'vitest'
import { rampLightness, utilisationColour, utilisationStops } from '../../../renderer/widgets/utilisation-ramp.ts'

const steps = Array.from({ length: 101 }, (_, index) => index / 100)

/** Contrast of two colours, WCAG 2. */
function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('utilisationColour', () => {
  it('rises evenly in lightness', () => {
    for (const step of steps.slice(1)) expect(rampLightness(step)).toBeGreaterThan(rampLightness(step - 0.01))
  })

  it('can be read everywhere', () => {
    for (const step of steps) {
      const { fill, text } = utilisationColour(step)
      expect(contrast(fill, text), `at ${step}`).toBeGreaterThanOrEqual(4.5)
    }
  })

  it('ends at its ends', () => {
    expect(utilisationColour(0).fill).toBe('#002c66')
    expect(utilisationColour(1).fill).toBe('#fde43d')
    expect(utilisationColour(1.7)).toEqual(utilisationColour(1))
    expect(utilisationColour(-1)).toEqual(utilisationColour(0))
    expect(utilisationColour(NaN)).toEqual(utilisationColour(0))
    expect(utilisationColour(null)).toEqual(utilisationColour(0))
    expect(utilisationStops(3)).toEqual(['#002c66', '#7c7b78', '#fde43d'])
  })
})
