// The oracle command: verdicts, exit codes and reports, on families made for the test.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { numberOf } from './adapters/case-fields.ts'
import { runOracle } from './main.ts'
import { exactly, relatively } from './oracle-case.ts'
import type { OracleFamily } from './registry.ts'

const FAMILIES: readonly OracleFamily[] = [
  {
    family: 'sums',
    caseField: 'kind',
    adapters: {
      double: (testCase) => relatively(testCase['expected'], 2 * numberOf(testCase, 'value'), 1e-9),
      effort: (testCase, _file, { effort }) => exactly(testCase['expected'], effort),
      throwing: () => {
        throw new Error('the adapter broke')
      },
    },
    notOffered: ['triple'],
    onThreads: false,
  },
  {
    family: 'sums_traced',
    caseField: 'kind',
    detailOf: (testCase) => (testCase['kind'] === 'length' ? String(testCase['unit']) : undefined),
    adapters: { length: (testCase, file) => exactly(testCase['expected'], file['traces']) },
    notOffered: ['length metres'],
    onThreads: false,
  },
  { family: 'later', caseField: 'kind', adapters: {}, notOffered: ['soon'], onThreads: false },
]

const DOUBLE_OK = { id: 'ok', kind: 'double', value: 2, expected: 4 }
const DOUBLE_WRONG = { id: 'wrong', kind: 'double', value: 2, expected: 5 }
const TRIPLE = { id: 'three', kind: 'triple', value: 2, expected: 6 }

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oracle-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function write(name: string, content: unknown): void {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content))
}

async function run(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let out = ''
  let error = ''
  const code = await runOracle(args, {
    workingDirectory: folder,
    families: FAMILIES,
    data: [{ prefix: 'sums_traces', family: 'sums_traced' }],
    writeOut: (text) => (out += text),
    writeError: (text) => (error += text),
  })
  return { code, out, error }
}

describe('verdict', () => {
  it('is 0 when every case passes, with a row per family and the sum', async () => {
    write('sums.json', { cases: [DOUBLE_OK] })
    const { code, out } = await run('.')
    expect(code).toBe(0)
    expect(out).toMatch(/^sums +1 +1 +0 +0 +0 \/ 1e-9/m)
    expect(out).toContain('1 cases: 1 passed, 0 failed, 0 not offered')
  })

  it('is 1 when a case fails, with its id, what was expected and what came', async () => {
    write('sums.json', { cases: [DOUBLE_OK, DOUBLE_WRONG] })
    const { code, out } = await run('.')
    expect(code).toBe(1)
    expect(out).toMatch(/FAILED sums wrong\n {2}expected 5\n {2}got {6}4\n {2}error {4}0\.2, tolerance 1e-9/)
  })

  it('is 1 when an adapter throws or none exists', async () => {
    write('sums.json', {
      cases: [
        { id: 'a', kind: 'throwing' },
        { id: 'b', kind: 'toString' },
      ],
    })
    const { code, out } = await run('.')
    expect(code).toBe(1)
    expect(out).toContain('the adapter broke')
    expect(out).toContain('none for sums toString')
  })

  it('counts what is not offered as failed, unless only what is offered was asked for', async () => {
    write('sums.json', { cases: [DOUBLE_OK, TRIPLE] })
    const whole = await run('.')
    expect(whole.code).toBe(1)
    expect(whole.out).toContain('not offered yet (counted as failed):\n  sums: triple (1)')
    const offered = await run('.', '--offered')
    expect(offered.code).toBe(0)
    expect(offered.out).toContain('not offered yet (not counted: --offered):\n  sums: triple (1)')
  })

  it('forgives a family asked for by name what it lacks, but not a family that offers nothing', async () => {
    write('sums.json', { cases: [DOUBLE_OK, TRIPLE] })
    write('later.json', { cases: [{ id: 'l', kind: 'soon' }] })
    expect(await run('.', '--family', 'sums')).toMatchObject({ code: 0 })
    expect((await run('.', '--family', 'sums')).out).toContain('not counted if the rest of the family passes')
    expect(await run('.', '--family', 'later')).toMatchObject({ code: 1 })
    expect(await run('.', '--family', 'later', '--offered')).toMatchObject({ code: 0 })
  })

  it('is 1 when nothing was run at all', async () => {
    write('sums.json', { cases: [DOUBLE_OK] })
    const { code, out } = await run('.', '--id', 'nothing like it')
    expect(code).toBe(1)
    expect(out).toContain('nothing was proved')
  })
})

describe('options', () => {
  it('runs only the cases whose id contains the text', async () => {
    write('sums.json', { cases: [DOUBLE_OK, DOUBLE_WRONG] })
    expect(await run('.', '--id', 'ok')).toMatchObject({ code: 0 })
  })

  it('hands the effort to the adapters, full unless told', async () => {
    write('sums.json', { cases: [{ id: 'e', kind: 'effort', expected: 'full' }] })
    expect(await run('.')).toMatchObject({ code: 0 })
    expect(await run('.', '--effort', 'quick')).toMatchObject({ code: 1 })
  })

  it('prints JSON that sums up', async () => {
    write('sums.json', { cases: [DOUBLE_OK, DOUBLE_WRONG, TRIPLE] })
    const { code, out } = await run('.', '--json')
    expect(code).toBe(1)
    const report: unknown = JSON.parse(out)
    expect(report).toMatchObject({ cases: 3, passed: 1, failed: 1, not_offered: 1, success: false })
    expect(report).toMatchObject({
      families: [
        {
          family: 'sums',
          cases: 3,
          passed: 1,
          failed: 1,
          not_offered: 1,
          not_offered_variants: { triple: 1 },
          failures: [{ id: 'wrong', expected: '5', got: '4' }],
        },
      ],
    })
  })

  it('names what it left out as skipped when only what is offered was asked for', async () => {
    write('sums.json', { cases: [DOUBLE_OK, TRIPLE] })
    const offered: unknown = JSON.parse((await run('.', '--json', '--offered')).out)
    expect(offered).toMatchObject({ skipped: [{ name: 'sums: triple (1)', reason: 'not offered yet' }], success: true })
    expect(JSON.parse((await run('.', '--json')).out)).toMatchObject({ skipped: [], success: false })
  })

  it('refuses an unknown family, option and folder with code 1 and a reason', async () => {
    const family = await run('.', '--family', 'sumz')
    expect(family.code).toBe(1)
    expect(family.error).toContain('Allowed choices are sums, sums_traced, later')
    expect(await run('.', '--nonsense')).toMatchObject({ code: 1 })
    const nowhere = await run('nowhere')
    expect(nowhere).toMatchObject({ code: 1, out: '' })
    expect(nowhere.error).toContain('nowhere')
  })
})

describe('files', () => {
  it('are found in folders below, by the longest prefix of their name', async () => {
    write('deep/er/sums-other-seed.json', { cases: [DOUBLE_OK] })
    write('sums_traced_hidden.json', { cases: [{ id: 't', kind: 'length', unit: 'feet', expected: [{ id: 'abc' }] }] })
    write('sums_traces_hidden.json', { cases: [{ id: 'abc' }] })
    const { code, out } = await run('.')
    expect(out).toContain('2 cases: 2 passed')
    expect(code).toBe(0)
  })

  it('of another name are recognised by their cases', async () => {
    write('x1.json', { cases: [DOUBLE_OK, TRIPLE] })
    expect(await run('.', '--family', 'sums')).toMatchObject({ code: 0 })
  })

  it('tell variants of one kind apart', async () => {
    write('sums_traced.json', { cases: [{ id: 'm', kind: 'length', unit: 'metres', expected: 1 }] })
    expect((await run('.', '--offered')).out).toContain('sums_traced: length metres (1)')
  })

  it('that belong to nobody or cannot be read fail by name', async () => {
    write('mystery.json', { cases: [{ id: 'q', kind: 'riddle' }] })
    write('sums_broken.json', '{"cases": [')
    write('sums_list.json', [1, 2])
    write('sums_no_id.json', { cases: [{ kind: 'double' }] })
    write('notes.txt', 'no vectors')
    const { code, out } = await run('.', '--offered')
    expect(code).toBe(1)
    expect(out).toMatch(/^unknown +4 +0 +4 +0/m)
    for (const name of ['mystery', 'sums_broken', 'sums_list', 'sums_no_id']) {
      expect(out).toContain(`FAILED unknown ${join(folder, name)}.json`)
    }
  })
})
