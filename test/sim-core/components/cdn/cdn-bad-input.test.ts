// What makes no sense in a content delivery network is refused at its place, with how to mend it.
import { describe, expect, test } from 'vitest'
import { cdnComponent } from '../../../../sim-core/components/cdn/cdn.component.ts'
import { limitComplaints, networkFigures } from '../../../../sim-core/scenario/limits.ts'
import { parseScenario } from '../../../../sim-core/scenario/parse.ts'
import { runStudy } from '../../../support/study.ts'

const VALID = `version: 1
name: Base
keys: { images: { count: 1k, size: 2KB } }
traffic: { visitors: { rate: 10/s, mix: { image: 100% } } }
services:
  browsers:
    endpoints:
      image: { steps: [ { fetch: { cdn: files, key: images, origin: { delay: 1ms } } } ] }
cdns:
  files:
    locations: { riyadh: { at: [24.7, 46.7] }, jeddah: { at: [21.5, 39.2] } }
    default: jeddah
    clients: { near: { at: [24, 46], share: 90% }, unknown: { share: 10% } }
    origin: { at: [50, 8] }
    capacity: 100MB
    ttl: 30d
    push: { images: 5% }
`

function problemsOf(text: string) {
  return parseScenario(text, 'f.yaml').problems
}

test('the base of these cases is right', () => {
  expect(problemsOf(VALID)).toEqual([])
})

test('what the palette adds is right, too', () => {
  const names = { ids: () => [], members: () => [] }
  const example = JSON.stringify(cdnComponent.presentation.example(names))
  expect(problemsOf(`${VALID}  added: ${example}\n`)).toEqual([])
})

test('more keys than can be numbered are refused, pushed ones included', () => {
  const more = (count: string): string => VALID.replace('keys: {', `keys: { films: { count: ${count} },`)
  const pushed = (count: string): string => more(count).replace('push: {', 'push: { films: 1,')
  expect(problemsOf(more('2147483647'))).toEqual([])
  expect(problemsOf(pushed('2147482647'))).toEqual([])
  expect(problemsOf(pushed('2147482648'))).toMatchObject([{ code: 'out-of-range', path: 'cdns.files', line: 11 }])
})

describe('one mistake is one problem', () => {
  test.each([
    ['at: [24, 46]', 'at: [46.7, 190]', '13:35', 'out-of-range', 'cdns.files.clients.near.at[1]', 'from -180 to 180'],
    [
      'at: [24, 46]',
      'at: [146.7, 24]',
      '13:29',
      'out-of-range',
      'cdns.files.clients.near.at[0]',
      'the latitude stands first',
    ],
    ['at: [24, 46]', 'at: [24]', '13:28', 'out-of-range', 'cdns.files.clients.near.at', ''],
    ['at: [24, 46]', 'at: 24', '13:28', 'wrong-type', 'cdns.files.clients.near.at', ''],
    ['share: 90%', 'share: 80%', '13:14', 'contradiction', 'cdns.files.clients', '100% together'],
    ['share: 90%', 'share: 0.9', '13:45', 'missing-unit', 'cdns.files.clients.near.share', '90%'],
    ['    default: jeddah\n', '', '12:52', 'missing', 'cdns.files.clients.unknown', 'add default: riyadh'],
    ['default: jeddah', 'default: jedda', '12:14', 'unknown-reference', 'cdns.files.default', 'did you mean jeddah?'],
    [
      'unknown: { share',
      'far: { at: [0, 0], share',
      '12:14',
      'contradiction',
      'cdns.files.default',
      'leave default away',
    ],
    ['riyadh: { at: [24.7', 'Riyadh: { at: [24.7', '11:18', 'bad-id', 'cdns.files.locations.Riyadh', 'lower-case'],
    ['{ at: [50, 8] }', '{}', '14:5', 'missing', 'cdns.files.origin.at', ''],
    ['capacity: 100MB', 'capacity: 0', '15:15', 'out-of-range', 'cdns.files.capacity', 'from 1'],
    [
      'capacity: 100MB',
      'eviction: lruu\n    capacity: 1',
      '15:15',
      'unknown-name',
      'cdns.files.eviction',
      'did you mean lru',
    ],
    ['ttl: 30d', 'ttl: 0s', '16:10', 'out-of-range', 'cdns.files.ttl', 'more than 0s'],
    ['push: { images: 5% }', 'push: { image: 5% }', '17:13', 'unknown-reference', 'cdns.files.push.image', 'images'],
    ['push: { images: 5% }', 'push: 5%', '17:11', 'wrong-type', 'cdns.files.push', ''],
    ['push: { images: 5% }', 'collapse: often', '17:15', 'wrong-type', 'cdns.files.collapse', 'true or false'],
    [
      'push: { images: 5% }',
      'propagation: { failure: 120% }',
      '17:29',
      'out-of-range',
      'cdns.files.propagation.failure',
      '100%',
    ],
    [
      'cdn: files',
      'cdn: file',
      '8:41',
      'unknown-reference',
      'services.browsers.endpoints.image.steps[0].fetch.cdn',
      'files',
    ],
  ])('%s as %s', (present, replacement, place, code, path, hint) => {
    const problems = problemsOf(VALID.replace(present, replacement))
    expect(problems.map((problem) => [`${problem.line}:${problem.column}`, problem.code, problem.path])).toEqual([
      [place, code, path],
    ])
    expect(problems[0]?.hint).toContain(hint)
  })

  test('a location called shield, where there is a shield', () => {
    const text = VALID.replace('riyadh: {', 'shield: {')
    expect(problemsOf(text)).toEqual([])
    const problems = problemsOf(`${text}    shield: { at: [0, 0] }\n`)
    expect(problems).toMatchObject([{ code: 'contradiction', path: 'cdns.files.locations.shield', line: 11 }])
  })

  test('an origin that fetches from its own network, however deep', () => {
    const own = '{ parallel: [[{ fetch: { cdn: files, key: images, origin: { delay: 1ms } } }], [{ delay: 1ms }]] }'
    const problems = problemsOf(VALID.replace('{ delay: 1ms }', own))
    expect(problems).toMatchObject([{ code: 'fetch-cycle', line: 8 }])
    expect(problems[0]?.path).toBe('services.browsers.endpoints.image.steps[0].fetch.origin.parallel[0][0].fetch')
    expect(problems[0]?.message).toContain('files → files')
  })

  test('an origin that calls who fetches from its own network', () => {
    const steps = '{ endpoints: { get: { steps: { call: media.find } }, find: { steps: { call: browsers.image } } } }'
    const text = VALID.replace('{ delay: 1ms }', '{ call: media.get }').replace(
      'services:\n',
      `services:\n  media: ${steps}\n`,
    )
    const codes = problemsOf(text).map(({ code }) => code)
    expect(codes).toContain('fetch-cycle')
  })

  test('two networks of which each is the origin of the other', () => {
    const files = VALID.slice(VALID.indexOf('  files:'))
    const second = VALID.replace('{ delay: 1ms }', '{ fetch: { cdn: others, key: images, origin: { delay: 1ms } } }')
    const both = `${second}${files.replace('files:', 'others:')}`
    expect(problemsOf(both)).toEqual([])
    const back =
      '{ fetch: { cdn: others, key: images, origin: { fetch: { cdn: files, key: images, origin: { delay: 1ms } } } } }'
    const crossed = both.replace('      image:', `      back: { steps: [ ${back} ] }\n      image:`)
    const [problem, ...others] = problemsOf(crossed)
    expect(others).toEqual([])
    expect(problem).toMatchObject({ code: 'fetch-cycle' })
    expect(problem?.message).toMatch(/(files → others → files)|(others → files → others)/u)
  })
})

describe('keys that the source lacks', () => {
  const lacking = VALID.replace('size: 2KB', 'size: 2KB, missing: 5%')
  const other = VALID.replace('size: 2KB }', 'size: 2KB }, pages: { count: 10, missing: 5% }')

  test('are no objects of a network: every step and push is told', () => {
    const purge = '{ steps: { parallel: [[{ purge: { cdn: files, key: images } }], [{ delay: 1ms }]] } }'
    const problems = problemsOf(lacking.replace('      image:', `      change: ${purge}\n      image:`))
    const endpoints = 'services.browsers.endpoints'
    expect(problems.map(({ line, column, code, path }) => [`${line}:${column}`, code, path])).toEqual([
      ['8:66', 'contradiction', `${endpoints}.change.steps.parallel[0][0].purge.key`],
      ['9:53', 'contradiction', `${endpoints}.image.steps[0].fetch.key`],
      ['18:21', 'contradiction', 'cdns.files.push.images'],
    ])
    for (const { message, hint } of problems) {
      expect(message).toContain('images has keys that the source lacks')
      expect(hint).toBe('give files a population of its own without missing')
    }
  })

  test('are told in the origin of another fetch', () => {
    const inner = '{ read: { cache: near, key: pages, miss: { purge: { cdn: files, key: pages } } } }'
    const text = other
      .replace('{ delay: 1ms }', inner)
      .replace('cdns:', 'caches: { near: { tiers: [ { name: a, capacity: 9 } ] } }\ncdns:')
    expect(problemsOf(text)).toMatchObject([
      { path: 'services.browsers.endpoints.image.steps[0].fetch.origin.read.miss.purge.key' },
    ])
  })

  test('are nothing to a network that is not asked for them', () => {
    expect(problemsOf(other)).toEqual([])
    const endpoint =
      '      fetch: { steps: { delay: 1ms } }\n      purge: { steps: { call: browsers.fetch } }\n      image:'
    expect(problemsOf(other.replace('      image:', endpoint))).toEqual([])
  })
})

describe('faults', () => {
  const fault = (text: string) => problemsOf(`${VALID}faults: [ { at: 1m, ${text} } ]\n`)

  test('strike all locations, or one by its name', () => {
    expect(fault('kill: files')).toEqual([])
    expect(fault('kill: files.jeddah')).toEqual([])
    expect(fault('restore: files.jeddah')).toEqual([])
  })

  test.each([
    ['kill: files.jedda', 'unknown-reference', 'faults[0].kill', 'did you mean jeddah?'],
    ['kill: "files.jeddah[0]"', 'bad-target', 'faults[0].kill', 'write files.jeddah'],
    ['kill: file', 'unknown-reference', 'faults[0].kill', 'did you mean files?'],
    ['kill: files.jeddah, replicas: 2', 'contradiction', 'faults[0].replicas', 'leave replicas away'],
    ['for: 1m, slow: files, by: 2x', 'unknown-reference', 'faults[0].slow', ''],
  ])('%s', (text, code, path, hint) => {
    const problems = fault(text)
    expect(problems).toMatchObject([{ code, path }])
    expect(problems[0]?.hint).toContain(hint)
  })
})

/** Why the valid scenario, with overrides, is too large to be simulated. */
function complaintsOf(...overrides: readonly string[]) {
  const { scenario, problems } = parseScenario(VALID, 'f.yaml', { overrides })
  expect(problems).toEqual([])
  return scenario === undefined ? [] : limitComplaints(scenario)
}

test('caches of all locations that no machine has room for are told together', () => {
  expect(complaintsOf('cdns.files.capacity=100M')).toEqual([])
  const [complaint, ...others] = complaintsOf('cdns.files.capacity=100M', 'keys.images.count=50M')
  expect(others).toEqual([])
  expect(complaint).toMatchObject({ code: 'too-large', path: ['cdns', 'files', 'capacity'] })
  expect(complaint?.message).toContain('5.59 GB of it for the caches of files')

  // Keys that the network is never asked for need no room in it, however many there are.
  const both = 'keys={ images: { count: 10k, size: 2KB }, customers: { count: 100M } }'
  const room = 'cdns.files.capacity=100M'
  const path = ['cdns', 'files', 'capacity']
  expect(complaintsOf(both, room)).toEqual([])
  expect(complaintsOf(both, room, 'cdns.files.push={ customers: 1 }')).toMatchObject([{ path }])
  const step = (text: string): string => `services.browsers.endpoints.image.steps=[${text}]`
  expect(complaintsOf(both, room, step('{ purge: { cdn: files, key: customers } }'))).toMatchObject([{ path }])
  const deep = '{ repeat: { times: 2, steps: { fetch: { cdn: files, key: customers, origin: [] } } } }'
  expect(complaintsOf(both, room, step(deep))).toMatchObject([{ path }])
})

describe('figures of locations, one by one in every bucket', () => {
  const edges = Array.from({ length: 999 }, (_, index) => `l${index}: { at: [0, ${index / 10}] }`).join(', ')
  const many = `cdns.files.locations={ jeddah: { at: [21, 39] }, ${edges} }`

  test('are told as too many for the memory', () => {
    const [complaint, ...others] = complaintsOf(many, 'run.duration=8h', 'run.bucket=1s')
    expect(others).toEqual([])
    expect(complaint).toEqual({
      code: 'too-large',
      message:
        'one replication would need about 11.2 GB of memory, 11 GB of it for 28800 buckets of the figures of 1000 locations; the limit is 4GB',
      hint: 'give a longer run.bucket, or leave it away; or simulate fewer locations',
      path: ['run', 'bucket'],
    })
  })

  test('have room with fewer buckets, or at fewer locations', () => {
    expect(complaintsOf(many, 'run.duration=8h', 'run.bucket=10s')).toEqual([])
    expect(complaintsOf('run.duration=8h', 'run.bucket=1s')).toEqual([])
  })

  test('are as many as a run writes out', () => {
    const shield = `${VALID}    shield: { at: [0, 0] }\n`
    for (const text of [VALID, shield, shield.replace('jeddah: {', 'makkah: { at: [0, 0] }, jeddah: {')]) {
      const { scenario } = parseScenario(text, 'f.yaml')
      const [result] = runStudy(text.replace('name: Base', 'name: Base\nrun: { duration: 1s, warmup: 0s }'), 1)
      const written = result?.metrics.filter(({ component }) => component === 'files')
      expect(networkFigures({ cdns: scenario?.cdns ?? {} })).toBe(written?.length)
    }
  })
})
