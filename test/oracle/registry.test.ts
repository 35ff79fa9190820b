// The registry of the oracle is consistent, and the real command judges the project's own vectors with it.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readOracleFolder } from './read-files.ts'
import { ORACLE_DATA, ORACLE_FAMILIES, adapterFor, isNotOffered } from './registry.ts'

const VECTORS = fileURLToPath(new URL('./vectors', import.meta.url))
const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url))

let folder = ''

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oracle-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true })
})

function oracle(...args: string[]): { readonly code: number | null; readonly out: string } {
  const environment = { ...process.env, INIT_CWD: folder }
  const { status, stdout } = spawnSync(process.execPath, [MAIN, ...args], { env: environment, encoding: 'utf8' })
  return { code: status, out: stdout }
}

describe('ORACLE_FAMILIES', () => {
  it('has a name, and an adapter or a declaration, for every case of the own vectors', () => {
    const { files, strays } = readOracleFolder(VECTORS, ORACLE_FAMILIES, ORACLE_DATA)
    expect(strays).toEqual([])
    const orphans = files.flatMap((file) => {
      const family = ORACLE_FAMILIES.find((candidate) => candidate.family === file.family)
      if (family === undefined) return [file.path]
      const orphaned = file.cases.filter((testCase) => !isNotOffered(family, testCase) && !adapterFor(family, testCase))
      return orphaned.map(({ id }) => id)
    })
    expect(orphans).toEqual([])
    expect(new Set(files.map((file) => file.family))).toEqual(new Set(ORACLE_FAMILIES.map(({ family }) => family)))
  })

  it('recognises each family by its cases alone', () => {
    const { files } = readOracleFolder(VECTORS, ORACLE_FAMILIES, [])
    const families = new Map<string, string>()
    files.forEach(({ path, family }, i) => {
      families.set(join(folder, `x${i}.json`), family)
      writeFileSync(join(folder, `x${i}.json`), readFileSync(path))
    })
    const renamed = readOracleFolder(folder, ORACLE_FAMILIES, ORACLE_DATA)
    expect(renamed.files.length).toBe(ORACLE_FAMILIES.length)
    for (const { path, family } of renamed.files) expect(family).toBe(families.get(path))
  })

  it('hands the traces to the cache policies', () => {
    const { files } = readOracleFolder(VECTORS, ORACLE_FAMILIES, ORACLE_DATA)
    expect(files.find(({ family }) => family === 'cache_policies')?.['traces']).toHaveLength(10)
  })
})

describe('the command', () => {
  it('passes a deterministic family of the own vectors', () => {
    const { code, out } = oracle(VECTORS, '--family', 'statistics')
    expect(out).toMatch(/64 cases: 64 passed, 0 failed, 0 not offered/)
    expect(code).toBe(0)
  })

  it('fails a falsified case, found relative to the folder of the caller', () => {
    const cases = [{ id: 'false.1', kind: 'normal_quantile', expected: { 0.975: 1.97 } }]
    writeFileSync(join(folder, 'statistics_hidden.json'), JSON.stringify({ cases }))
    const { code, out } = oracle('.')
    expect(code).toBe(1)
    expect(out).toContain('FAILED statistics false.1')
    expect(out).toContain('expected {"0.975":1.97}')
    expect(out).toMatch(/got {6}\{"0\.975":1\.95996398454/)
  })

  it('runs cases on threads and keeps their order', () => {
    const cases = Array.from({ length: 9 }, (_, i) => ({
      id: `thread.${i}`,
      model: 'usl',
      params: { gamma: i + 1, alpha: 0.1, beta: 0 },
      expected: { X: [{ N: 1, X: 0 }] },
    }))
    writeFileSync(join(folder, 'queueing.json'), JSON.stringify({ cases }))
    const { code, out } = oracle('.', '--json')
    expect(code).toBe(1)
    const wanted = cases.map(({ id }, i) => ({ id, got: expect.stringContaining(`"X":[{"N":1,"X":${i + 1}}]`) }))
    expect(JSON.parse(out)).toMatchObject({ failed: 9, families: [{ family: 'queueing', failures: wanted }] })
  })
})
