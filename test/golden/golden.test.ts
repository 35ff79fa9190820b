// The same scenario and seed give the same run, event by event, today and tomorrow and for any step size.
// After a change that is meant to change runs: HEADROOM_UPDATE_GOLDEN=1 npx vitest run test/golden
import { readFileSync, writeFileSync } from 'node:fs'
import { afterAll, describe, expect, it } from 'vitest'
import { fingerprintOf } from './fingerprint.ts'
import { goldenCases, scenarioFiles, shippedScenarios } from './golden-cases.ts'

const RECORD = new URL('./fingerprints.json', import.meta.url)
const isUpdate = process.env['HEADROOM_UPDATE_GOLDEN'] === '1'
const recorded = JSON.parse(readFileSync(RECORD, 'utf8')) as Record<string, string>
const found: Record<string, string> = {}
const files = scenarioFiles()
/** A second or two each, but other tests run at the same time. */
const PATIENCE = { timeout: 120_000 }

function run(file: string, eventsPerStep: number, seed = 1): string {
  return fingerprintOf({ file, files, overrides: goldenCases[file]!, seed, eventsPerStep })
}

describe('fingerprints', () => {
  it('are recorded for every shipped scenario, and for nothing else', () => {
    expect(Object.keys(goldenCases)).toEqual(expect.arrayContaining(shippedScenarios()))
    expect(Object.keys(isUpdate ? goldenCases : recorded)).toEqual(Object.keys(goldenCases))
  })

  it.each(Object.keys(goldenCases))(
    '%s: is what was recorded, in steps of 50,000 events and of 1',
    PATIENCE,
    (file) => {
      const fingerprint = run(file, 50_000)
      found[file] = fingerprint
      expect(fingerprint).toMatch(/^[0-9a-f]{16}$/u)
      expect(run(file, 1)).toBe(fingerprint)
      expect(isUpdate ? fingerprint : recorded[file]).toBe(fingerprint)
    },
  )

  it('differ between seeds', () => {
    const file = 'scenarios/mm1.yaml'
    expect(run(file, 50_000, 2)).not.toBe(run(file, 50_000, 1))
  })
})

afterAll(() => {
  if (isUpdate) writeFileSync(RECORD, `${JSON.stringify(found, null, 2)}\n`)
})
