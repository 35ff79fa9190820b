// The colours of several lines of one component.
import { expect, test } from 'vitest'
import { lineStyle } from '../../../renderer/charts/chart-colours.ts'

const LINES = 8

function channels(hex: string): number[] {
  return [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16))
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = channels(hex).map((channel) => {
    const share = channel / 255
    return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

test.each(['#3b5bdb', '#b4531a', '#b79bff', '#f0935a', '#475569'])('eight lines of %s can be told apart', (own) => {
  const colours = Array.from({ length: LINES }, (_, index) => lineStyle(own, index).colour)
  expect(colours[0]).toBe(own)
  for (const [index, colour] of colours.entries()) {
    // At least 3 : 1 against the background for which the component's own colour is.
    const contrast = luminance(own) < 0.3 ? 1.05 / (luminance(colour) + 0.05) : (luminance(colour) + 0.05) / 0.06
    expect(contrast).toBeGreaterThan(3)
    const [red = 0, green = 0, blue = 0] = channels(colour)
    expect(index > 0 && red > 2 * Math.max(green, blue)).toBe(false)
    for (const other of colours.slice(0, index)) {
      const apart = Math.hypot(...channels(other).map((channel, at) => channel - channels(colour)[at]!))
      expect(apart).toBeGreaterThan(20)
    }
  }
  expect(lineStyle(own, LINES)).toEqual({ colour: own, dash: 'dashed' })
})
