// Whatever the text, the answer is problems with a place and a hint, and the work is bounded.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_TEXT_CHARACTERS } from '../../../sim-core/scenario/limits-of-text.ts'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'

const nested = (levels: number): string =>
  Array.from({ length: levels }, (_, level) => `${' '.repeat(level)}a:`).join('\n')

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x]',
  ...'bcdefghi'.split('').map((name, level) => {
    const above = 'abcdefgh'[level] ?? 'a'
    return `${name}: &${name} [${Array.from({ length: 8 }, () => `*${above}`).join(', ')}]`
  }),
].join('\n')

test.each([
  ['nothing', '', 'empty'],
  ['white space', ' \n\n  ', 'empty'],
  ['a comment', '# only this', 'empty'],
  ['null', 'null', 'empty'],
  ['a word', 'hello', 'wrong-type'],
  ['a list', '- 1\n- 2', 'wrong-type'],
  ['binary', '\u0089PNG\r\n\u001a\n\0\0\0\rIHDR', 'not-text'],
  ['invalid UTF-8', 'version: \ufffd\ufffd', 'not-text'],
  ['too much text', 'x'.repeat(MAX_TEXT_CHARACTERS + 1), 'too-large'],
  ['too many lines', 'a: 1\n'.repeat(60_000), 'too-large'],
  ['too many commas', `a: [${'1,'.repeat(110_000)}]`, 'too-large'],
  ['open brackets', '['.repeat(100_000), 'too-deep'],
  ['deep maps', nested(500), 'too-deep'],
  ['deep lists', `${'- '.repeat(5_000)}a`, 'too-deep'],
  ['an alias bomb', bomb, 'too-large'],
  ['an alias of itself', 'a: &a [*a]', 'syntax'],
  ['an unclosed quote', 'name: "abc', 'syntax'],
  ['a key that is a map', '? { a: b }\n: c', 'bad-key'],
  ['a prototype', '__proto__: { polluted: true }', 'forbidden-key'],
  ['another prototype', 'services: { a: { endpoints: { constructor: {} } } }', 'forbidden-key'],
])('%s', (_, text, code) => {
  const { scenario, problems } = parseScenario(text, 'f.yaml')
  expect(scenario).toBeUndefined()
  expect(problems.map((problem) => problem.code)).toContain(code)
  expect(problems.length).toBeLessThanOrEqual(200)
  expect((Object.prototype as Record<string, unknown>)['polluted']).toBeUndefined()
})

test('a file of mistakes is told in 200 problems, the last of which counts the rest', () => {
  const text = `version: 1\n${Array.from({ length: 1_000 }, (_, index) => `key${index}: 1`).join('\n')}`
  const { problems } = parseScenario(text, 'f.yaml')
  expect(problems).toHaveLength(200)
  expect(problems.at(-1)).toMatchObject({
    code: 'more',
    message: expect.stringMatching(/\d{3} more problems/u) as string,
  })
})

const scenarioWords = fc.constantFrom(
  'version: 1',
  'services:',
  '  api:',
  'run: {',
  '}',
  '[',
  ']',
  '- cpu: 2ms',
  '"',
  "'",
  '&a',
  '*a',
  '|',
  '>',
  '\t',
  'extends: x',
  ': ',
  'rate: 1/s',
  '!!set',
  '%',
  '---',
  '...',
  '? ',
)

test('no text makes the parser throw, and every problem has a place and a hint', () => {
  const texts = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.array(scenarioWords, { maxLength: 20 }).map((words) => words.join('\n')),
    fc.array(scenarioWords, { maxLength: 20 }).map((words) => words.join(' ')),
  )
  fc.assert(
    fc.property(texts, (text) => {
      const { scenario, problems } = parseScenario(text, 'f.yaml', { loadBase: () => ({ text }) })
      expect(scenario === undefined).toBe(problems.length > 0)
      for (const { line, column, message, hint, code } of problems) {
        expect(Number.isInteger(line) && line >= 1 && Number.isInteger(column) && column >= 1).toBe(true)
        expect([message, hint, code].every((part) => part !== '')).toBe(true)
      }
    }),
    { numRuns: 500 },
  )
})

test('any JSON is refused or accepted without an exception', () => {
  fc.assert(
    fc.property(
      fc.dictionary(
        fc.constantFrom(
          'run',
          'keys',
          'traffic',
          'services',
          'caches',
          'databases',
          'policies',
          'faults',
          'objectives',
          'vary',
          'tags',
          'name',
        ),
        fc.jsonValue({ maxDepth: 4 }),
      ),
      (document) => {
        const { scenario, problems } = parseScenario(JSON.stringify({ version: 1, ...document }), 'f.json')
        expect(scenario === undefined).toBe(problems.length > 0)
      },
    ),
  )
})
