/** What the README says is so: its scenario is valid, its table lists the scenarios that ship, its picture exists. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { exitCodes } from '../../host/cli/cli-io.ts'
import { parseScenario } from '../../sim-core/scenario/parse.ts'

const root = join(import.meta.dirname, '..', '..')
const readme = readFileSync(join(root, 'README.md'), 'utf8')
/** Tables are padded for reading. */
const unpadded = readme.replaceAll(/ +/gu, ' ')

describe('README', () => {
  it('shows a scenario that is valid', () => {
    const text = /```yaml\n([^]*?)```/u.exec(readme)?.[1] ?? ''
    expect(parseScenario(text, 'README.md').problems).toEqual([])
  })

  it('lists every scenario that ships, with its question', () => {
    for (const file of readdirSync(join(root, 'scenarios')).filter((name) => name.endsWith('.yaml'))) {
      const { question } = parse(readFileSync(join(root, 'scenarios', file), 'utf8')) as { readonly question: string }
      expect(unpadded).toContain(`| [${file.replace('.yaml', '')}](scenarios/${file}) | ${question} |`)
    }
  })

  it('lists every exit code', () => {
    for (const code of Object.values(exitCodes)) expect(unpadded).toContain(`| ${code} |`)
  })

  it('refers to files that exist', () => {
    for (const [, path = ''] of readme.matchAll(/\]\((?!https?:)([^)#]+)\)/gu))
      expect(existsSync(join(root, path)), path).toBe(true)
  })
})
