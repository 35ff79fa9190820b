// The commands about scenarios, with their output and exit codes, over real files.
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Command } from 'commander'
import { afterAll, expect, test } from 'vitest'
import type { CliIo } from '../../../host/cli/cli-io.ts'
import { listCommand } from '../../../host/cli/list-command.ts'
import { schemaCommand } from '../../../host/cli/schema-command.ts'
import { validateCommand } from '../../../host/cli/validate-command.ts'
import type { ScenarioApi } from '../../../host/contract/scenario-api.ts'
import type { StudyApi } from '../../../host/contract/study-api.ts'
import { resultJsonSchema } from '../../../host/runs/result-schema.ts'
import { createScenarioService } from '../../../host/runs/scenario-service.ts'

const folder = mkdtempSync(join(tmpdir(), 'headroom-cli-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Only its schema is asked for here. */
const studies = { resultSchema: async () => resultJsonSchema() } as unknown as StudyApi

const VALID = `version: 1
name: One
question: Is one enough?
traffic: { clients: { rate: 1/s, mix: { get: 1 } } }
services: { api: { replicas: 1, endpoints: { get: { steps: [ { cpu: 1ms } ] } } } }
`

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

async function run(command: (io: CliIo, scenarios: ScenarioApi) => Command, args: readonly string[], colour = false) {
  let output = ''
  let code = 0
  const io: CliIo = {
    stdout: (text) => (output += text),
    stderr: () => {},
    isTerminal: false,
    colour,
    exitWith: (status) => (code = status),
  }
  await command(io, createScenarioService(folder)).exitOverride().parseAsync(args, { from: 'user' })
  return { output, code }
}

test('a valid file is summed up', async () => {
  const path = write('one.yaml', VALID)
  expect(await run(validateCommand, [path])).toEqual({
    output: `${path}: valid: 1 service, 1 endpoint, 0 caches, 0 databases, 1 source\n`,
    code: 0,
  })
})

test('the scenario as it would run is printed, and can be read again', async () => {
  const path = write('base.yaml', VALID)
  const child = write('child.yaml', 'extends: ./base.yaml\nname: Two\n')
  const { output } = await run(validateCommand, [child, '--set', 'services.api.replicas=3', '--print'])
  expect(output).toContain('name: Two')
  expect(output).toContain('replicas: 3')
  expect(output).not.toContain('extends')
  expect((await run(validateCommand, [write('again.yaml', output)])).code).toBe(0)
  expect((await run(validateCommand, [path, '--set', 'services.api.replicas=0', '--print'])).code).toBe(2)
})

/** What is written in place of the service of the valid file, and what is said about it. */
const refused: readonly (readonly [string, string, string])[] = [
  ['balancer: least_conections', 'api.balancer: "least_conections" is not one of the choices', 'least_connections?'],
  ['balancer: { algorithm: weighted_random, weights: [0, 0] }', 'api.balancer.weights[1]: 0 is too small', 'from 1 to'],
  ['balancer: { algorithm: maglev, table_size: 9 }', 'api.balancer: maglev needs a key to hash', 'define what'],
  [
    'autoscaler: { kind: threshold, max: 4, cpu: 60%, up_count: 2 }',
    'api.autoscaler.up_count: it never adds',
    'up_count: 1',
  ],
]

test.each(refused)('%s is refused with place and hint, and the exit code is 2', async (part, message, hint) => {
  const path = write('refused.yaml', VALID.replace('replicas: 1', `replicas: 2, ${part}`))
  const { output, code } = await run(validateCommand, [path])
  expect(code).toBe(2)
  expect(output).toMatch(/refused\.yaml:5:\d+ {2}error {2}services\./u)
  expect(output).toContain(`services.${message}`)
  expect(output).toContain(hint)
})

test('problems are told with place, path and hint, and the exit code is 2', async () => {
  const path = write('two.yaml', VALID.replace('replicas: 1', 'replicas: 0').replace('1ms', '1'))
  const { output, code } = await run(validateCommand, [path])
  expect(code).toBe(2)
  expect(output.split('\n')).toEqual([
    `${path}:5:30  error  services.api.replicas: 0 is too small`,
    '    allowed is from 1 to 10000',
    `${path}:5:69  error  services.api.endpoints.get.steps[0].cpu: 1 has no unit; a duration needs one of w, d, h, m, s, ms, us or ns`,
    '    write for example 1s',
    `${path}: 2 problems`,
    '',
  ])
})

test('JSON carries the same', async () => {
  const path = write('three.yaml', VALID.replace('name: One', 'nme: One'))
  const { output, code } = await run(validateCommand, [path, '--json'])
  expect(code).toBe(2)
  expect(JSON.parse(output)).toMatchObject({
    schema: 'headroom.validation/1',
    valid: false,
    problems: [{ code: 'unknown-key', line: 2, column: 1, hint: 'did you mean name?' }],
  })
})

test('a file that extends another is read from its own folder', async () => {
  write('base.yaml', VALID)
  expect(await run(validateCommand, [write('top.yaml', 'extends: ./base.yaml\nname: Top')])).toMatchObject({ code: 0 })
  const broken = write('broken.yaml', 'version: 1\nextends: ./none.yaml')
  expect((await run(validateCommand, [broken])).output).toContain(
    `${broken}:2:10  error  extends: "./none.yaml" cannot be read`,
  )
})

test.each([
  ['a missing file', () => join(folder, 'missing.yaml'), 'there is no such file'],
  ['a folder', () => folder, 'not a file'],
  ['an empty file', () => write('empty.yaml', ''), 'the file is empty'],
  ['binary', () => write('binary.yaml', 'a\0b'), 'not a text file'],
])('%s', async (_, path, message) => {
  const { output, code } = await run(validateCommand, [path()])
  expect(code).toBe(2)
  expect(output).toContain(message)
})

test('a file of 100 MB is refused by its size', async () => {
  const path = write('huge.yaml', '')
  truncateSync(path, 100 * 1024 * 1024)
  const { output, code } = await run(validateCommand, [path])
  rmSync(path)
  expect(code).toBe(2)
  expect(output).toContain('larger than 5 MB')
})

test('a hostile file cannot write control characters to the terminal', async () => {
  const path = write('hostile.yaml', `"\\e[2Jkey": 1\n${VALID}`)
  const { output } = await run(validateCommand, [path])
  // oxlint-disable-next-line no-control-regex
  expect(output).not.toMatch(/\u001b/u)
  expect((await run(validateCommand, [path], true)).output).toContain('\u001b[31merror\u001b[0m')
})

test('schema prints the JSON Schema', async () => {
  const { output, code } = await run((io, scenarios) => schemaCommand(io, scenarios, studies), [])
  expect(code).toBe(0)
  expect(JSON.parse(output)).toMatchObject({ $schema: 'https://json-schema.org/draft/2020-12/schema', type: 'object' })
})

test('list shows the question of each scenario, and says which are not valid', async () => {
  const { output } = await run(listCommand, [])
  expect(output).toMatch(/^one\.yaml +Is one enough\?$/mu)
  expect(output).toMatch(/^two\.yaml +not valid: 2 problems$/mu)
})

test('list --algorithms shows every family', async () => {
  const { output } = await run(listCommand, ['--algorithms'])
  for (const id of [
    'least_connections',
    'hpa',
    'redis_allkeys_lru',
    'full_jitter',
    'consecutive',
    'lognormal',
    'stages',
  ]) {
    expect(output).toMatch(new RegExp(`^  ${id} +\\S`, 'mu'))
  }
})
