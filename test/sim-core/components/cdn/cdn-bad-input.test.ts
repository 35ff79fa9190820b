// What makes no sense in a content delivery network is refused at its place, with how to mend it.
import { describe, expect, test } from 'vitest'
import { cdnComponent } from '../../../../sim-core/components/cdn/cdn.component.ts'
import { limitComplaints } from '../../../../sim-core/scenario/limits.ts'
import { parseScenario } from '../../../../sim-core/scenario/parse.ts'

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
    expect(problems[0]?.path).toBe('services.browsers.endpoints.image.steps[0].fetch.origin')
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

test('caches of all locations that no machine has room for are told together', () => {
  const complaintsOf = (...overrides: readonly string[]) => {
    const { scenario, problems } = parseScenario(VALID, 'f.yaml', { overrides })
    expect(problems).toEqual([])
    return scenario === undefined ? [] : limitComplaints(scenario)
  }
  expect(complaintsOf('cdns.files.capacity=100M')).toEqual([])
  const [complaint, ...others] = complaintsOf('cdns.files.capacity=100M', 'keys.images.count=50M')
  expect(others).toEqual([])
  expect(complaint).toMatchObject({ code: 'too-large', path: ['cdns', 'files', 'capacity'] })
  expect(complaint?.message).toContain('5.59 GB of it for the caches of files')
})
