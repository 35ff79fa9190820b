// A component keeps its colour, and ids that people write get different ones.
import { describe, expect, it } from 'vitest'
import { seriesColour } from '../../../renderer/widgets/series-colour.ts'

describe('seriesColour', () => {
  it('depends on the id alone', () => {
    expect(seriesColour('catalog', 'light')).toBe(seriesColour('catalog', 'light'))
    expect(seriesColour('catalog', 'light')).not.toBe(seriesColour('catalog', 'dark'))
  })

  it('uses every colour', () => {
    const ids = Array.from({ length: 300 }, (_, index) => `service_${index}`)
    expect(new Set(ids.map((id) => seriesColour(id, 'light'))).size).toBe(12)
    expect(new Set(ids.map((id) => seriesColour(id, 'dark'))).size).toBe(12)
  })
})
