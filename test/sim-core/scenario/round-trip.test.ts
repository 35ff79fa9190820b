// Whatever valid scenario is parsed, written and parsed again, it is the same one.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'
import { writeScenario } from '../../../sim-core/scenario/write.ts'
import { arbitraryScenario } from '../../support/arbitrary-scenario.ts'

test('parse after write after parse is parse', () => {
  fc.assert(
    fc.property(arbitraryScenario, (document) => {
      const first = parseScenario(JSON.stringify(document), 'first.json')
      expect(first.problems).toEqual([])
      const second = parseScenario(writeScenario(first.document ?? null), 'second.yaml')
      expect(second.problems).toEqual([])
      expect(second.scenario).toEqual(first.scenario)
      expect(second.document).toEqual(first.document)
    }),
    { numRuns: 150 },
  )
})

test('an unknown key anywhere makes a valid scenario invalid, at that key', () => {
  fc.assert(
    fc.property(
      arbitraryScenario,
      fc.constantFrom('run', 'objectives', 'keys.things', 'services.entry', 'databases.db'),
      (document, place) => {
        const path = `${place}.zzzzzzzzzzzz`
        const { problems } = parseScenario(JSON.stringify(document), 'f.json', { overrides: [`${path}=1`] })
        expect(problems).toMatchObject([{ code: 'unknown-key', path, file: '--set' }])
      },
    ),
    { numRuns: 30 },
  )
})
