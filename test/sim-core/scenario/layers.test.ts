// Files that extend files, and overrides laid over them: the merged document, and where its problems are told.
import { describe, expect, test } from 'vitest'
import { resolvePath } from '../../../sim-core/scenario/extends.ts'
import { parseScenario } from '../../../sim-core/scenario/parse.ts'
import { formatPath } from '../../../sim-core/scenario/problem.ts'

const BASE = `version: 1
name: Base
tags: [a, b]
traffic: { clients: { rate: 10/s, mix: { get: 100% } } }
services:
  api:
    replicas: 2
    memory: 1GB
    endpoints: { get: { steps: [ { cpu: 1ms }, { delay: 2ms } ] } }
`

function parseWith(files: Readonly<Record<string, string>>, overrides: readonly string[] = []) {
  return parseScenario(files['top.yaml'] ?? '', 'top.yaml', {
    overrides,
    loadBase: (path) => (files[path] === undefined ? { problem: 'there is no such file' } : { text: files[path] }),
  })
}

describe('extends', () => {
  test('maps are merged, lists replaced, null removes', () => {
    const top = `version: 1\nextends: ./base.yaml\nname: Top\ntags: [c]\nservices: { api: { replicas: 5, memory: null } }`
    const { scenario, problems } = parseWith({ 'top.yaml': top, 'base.yaml': BASE })
    expect(problems).toEqual([])
    expect(scenario).toMatchObject({ name: 'Top', tags: ['c'], services: { api: { replicas: 5 } } })
    expect(scenario?.services['api']).not.toHaveProperty('memory')
    expect(scenario).not.toHaveProperty('extends')
  })

  test('a chain of files, each path relative to its own file', () => {
    const files = {
      'top.yaml': 'extends: lib/middle.yaml\nname: Top',
      'lib/middle.yaml': 'extends: ../base.yaml\nservices: { api: { replicas: 7 } }',
      'base.yaml': BASE,
    }
    expect(parseWith(files).scenario).toMatchObject({ name: 'Top', services: { api: { replicas: 7 } } })
  })

  test('a problem is told in the file that wrote the value', () => {
    const files = {
      'top.yaml': 'extends: base.yaml\nservices: { api: { replicas: 0 } }',
      'base.yaml': BASE.replace('1GB', '1'),
    }
    expect(parseWith(files).problems).toMatchObject([
      { file: 'top.yaml', line: 2, column: 30, path: 'services.api.replicas' },
      { file: 'base.yaml', line: 8, column: 13, path: 'services.api.memory' },
    ])
  })

  test('a list that replaces another hides its places', () => {
    const top = 'extends: base.yaml\nservices: { api: { endpoints: { get: { steps: [ { cpu: 1 } ] } } } }'
    expect(parseWith({ 'top.yaml': top, 'base.yaml': BASE }).problems).toMatchObject([{ file: 'top.yaml', line: 2 }])
  })

  test('a base that is missing, broken, or goes in a circle', () => {
    expect(parseWith({ 'top.yaml': 'version: 1\nextends: none.yaml' }).problems).toContainEqual(
      expect.objectContaining({ code: 'no-base', line: 2, column: 10 }),
    )
    expect(parseWith({ 'top.yaml': 'version: 1\nextends: 5' }).problems).toContainEqual(
      expect.objectContaining({ code: 'wrong-type', path: 'extends' }),
    )
    expect(parseWith({ 'top.yaml': 'extends: base.yaml', 'base.yaml': 'a: [' }).problems).toContainEqual(
      expect.objectContaining({ code: 'syntax', file: 'base.yaml' }),
    )
    const circle = { 'top.yaml': 'extends: a.yaml', 'a.yaml': 'extends: ./x/../top.yaml' }
    expect(parseWith(circle).problems).toContainEqual(
      expect.objectContaining({
        code: 'extends-cycle',
        file: 'a.yaml',
        message: expect.stringContaining('top.yaml → a.yaml → top.yaml') as string,
      }),
    )
    expect(parseScenario('version: 1\nextends: a.yaml', 'top.yaml').problems).toContainEqual(
      expect.objectContaining({ code: 'no-base' }),
    )
  })

  test.each([
    ['a/b.yaml', './c.yaml', 'a/c.yaml'],
    ['a/b.yaml', '../c.yaml', 'c.yaml'],
    ['b.yaml', '../c.yaml', '../c.yaml'],
    ['../b.yaml', '../c.yaml', '../../c.yaml'],
    ['/x/b.yaml', '../c.yaml', '/c.yaml'],
    ['a/b.yaml', '/c.yaml', '/c.yaml'],
  ])('from %s, %s is %s', (from, target, resolved) => {
    expect(resolvePath(from, target)).toBe(resolved)
  })
})

describe('overrides', () => {
  const withOverrides = (...overrides: string[]) => parseWith({ 'top.yaml': BASE }, overrides)

  test('values, parts of lists, new parts, and removal', () => {
    const { scenario, problems } = withOverrides(
      'services.api.replicas=12',
      'services.api.endpoints.get.steps[1].delay=uniform(1ms, 2ms)',
      'run.limits.in_flight=5k',
      'services.api.memory=',
      'traffic.clients={ users: 5, mix: { get: 1 } }',
    )
    expect(problems).toEqual([])
    expect(scenario).toMatchObject({
      run: { limits: { inFlight: 5_000 } },
      traffic: { clients: { users: { kind: 'constant', level: 5 } } },
      services: { api: { replicas: 12, endpoints: { get: { steps: [{}, { spec: { type: 'uniform' } }] } } } },
    })
    expect(scenario?.services['api']).not.toHaveProperty('memory')
  })

  test.each([
    ['services.api.replicas', 'bad-override', 1],
    ['=5', 'bad-path', 1],
    ['services..api=5', 'bad-path', 1],
    ['__proto__.polluted=1', 'forbidden-key', 1],
    ['services.apii.replicas=3', 'unknown-key', 1],
    ['services.api.endpoints.get.steps[7].cpu=1ms', 'bad-override', 1],
    ['services.api.replicas.count=3', 'bad-override', 1],
    ['services.api[0]=3', 'bad-override', 1],
    ['services.api.replicas=[1', 'syntax', 23],
    ['services.api.replicas=0', 'out-of-range', 23],
    ['services.api.replcas=3', 'unknown-key', 22],
    ['run.duration=5', 'missing-unit', 14],
  ])('%s is refused as %s', (override, code, column) => {
    expect(withOverrides('name=Other', override).problems).toContainEqual(
      expect.objectContaining({ code, file: '--set', line: 2, column }),
    )
  })

  test('the last override of a path wins', () => {
    expect(withOverrides('services.api.replicas=3', 'services.api.replicas=4').scenario).toMatchObject({
      services: { api: { replicas: 4 } },
    })
  })
})

test('paths are written as --set takes them', () => {
  expect(formatPath(['faults', 0, 'at'])).toBe('faults[0].at')
  expect(formatPath(['traffic', 'a', 'mix', 'catalog.get'])).toBe('traffic.a.mix."catalog.get"')
  expect(formatPath([])).toBe('')
})
