// Sparklines begin at 0 and break where there is no value.
import { describe, expect, it } from 'vitest'
import { sparklinePath } from '../../../renderer/widgets/sparkline-path.ts'

describe('sparklinePath', () => {
  it('scales from 0 to the highest', () => {
    expect(sparklinePath([0, 5, 10], 100, 24)).toBe('M0.0 22.0L50.0 12.0L100.0 2.0')
  })

  it('breaks at gaps', () => {
    expect(sparklinePath([10, null, 10, 10], 90, 24)).toBe('M0.0 2.0M60.0 2.0L90.0 2.0')
  })

  it('draws nothing from nothing', () => {
    expect(sparklinePath([], 100, 24)).toBe('')
    expect(sparklinePath([3], 100, 24)).toBe('')
    expect(sparklinePath([null, null], 100, 24)).toBe('')
    expect(sparklinePath([0, 0], 100, 24)).toBe('')
  })
})
