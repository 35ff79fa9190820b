// What the frame decides without a page: which scenario it speaks of, which commands a search finds, what it says.
import { describe, expect, it, vi } from 'vitest'
import type { Problem } from '../../../sim-core/scenario/problem.ts'
import type { Whereabouts } from '../../../renderer/app/current-scenario.ts'
import { foundCommands } from '../../../renderer/app/palette-filter.ts'
import { explained } from '../../../renderer/widgets/explained.ts'
import { HostError } from '../../../host/contract/host-error.ts'

// These modules reach for the page when they are loaded.
vi.stubGlobal('location', { hash: '', host: 'here', protocol: 'http:' })
vi.stubGlobal('addEventListener', () => {})
vi.stubGlobal('navigator', { userAgent: '' })
vi.stubGlobal('window', {})
const { currentScenarioId } = await import('../../../renderer/app/current-scenario.ts')
const { returnText } = await import('../../../renderer/app/host-news.ts')
const { importedText } = await import('../../../renderer/app/import-files.ts')

describe('foundCommands', () => {
  const commands = [
    { label: 'Go to Run' },
    { label: 'Compare the last two runs' },
    { label: 'Run Black Friday', keywords: 'start simulate' },
    { label: 'Import a scenario', description: 'From a file' },
  ]
  const labels = (query: string): string[] => foundCommands(commands, query).map(({ label }) => label)

  it('puts what begins with the word first', () => {
    expect(labels('run')).toEqual(['Run Black Friday', 'Go to Run', 'Compare the last two runs'])
  })

  it('finds by keywords and description, and wants every word', () => {
    expect(labels('simulate')).toEqual(['Run Black Friday'])
    expect(labels('FILE scen')).toEqual(['Import a scenario'])
    expect(labels('run nothing')).toEqual([])
    expect(labels(' ')).toHaveLength(4)
  })
})

describe('currentScenarioId', () => {
  const card = (id: string, fileName = `${id}.yaml`) => ({ id, fileName }) as Whereabouts['cards'][number]
  const nowhere: Whereabouts = {
    address: { view: 'library', subject: '', parameters: {} },
    summaries: [{ id: 'r1', scenarioId: 'b' } as Whereabouts['summaries'][number]],
    cards: [card('a'), card('b'), card('c', 'black-friday.yaml')],
    openId: null,
    lastId: null,
  }

  it('is what the address names', () => {
    expect(currentScenarioId({ ...nowhere, address: { view: 'design', subject: 'x', parameters: {} } })).toBe('x')
    expect(currentScenarioId({ ...nowhere, address: { view: 'results', subject: 'r1', parameters: {} } })).toBe('b')
  })

  it('is what is open, then what was worked on last, then the first one', () => {
    expect(currentScenarioId({ ...nowhere, openId: 'a', lastId: 'b' })).toBe('a')
    expect(currentScenarioId({ ...nowhere, lastId: 'b' })).toBe('b')
    expect(currentScenarioId({ ...nowhere, lastId: 'deleted' })).toBe('c')
    expect(currentScenarioId({ ...nowhere, cards: [card('a')] })).toBe('a')
    expect(currentScenarioId({ ...nowhere, cards: [] })).toBeNull()
  })
})

describe('returnText', () => {
  it('names the runs that were cut off', () => {
    expect(returnText([])).toContain('nothing is lost')
    expect(returnText([{ number: 41 }])).toContain('Run #41 was interrupted')
    expect(returnText([{ number: 41 }, { number: 42 }])).toContain('Runs #41, #42 were interrupted')
  })
})

describe('importedText', () => {
  const nothing = { scenarioIds: [], runIds: [], alreadyHere: 0, problems: [] }
  const error = { severity: 'error' } as Problem

  it('says what came in', () => {
    expect(importedText('a.yaml', { ...nothing, scenarioIds: ['s'] })).toBe('Imported 1 scenario from a.yaml.')
    expect(importedText('b.headroom', { ...nothing, scenarioIds: ['s'], runIds: ['r', 'q'] })).toBe(
      'Imported 1 scenario and 2 runs from b.headroom.',
    )
    expect(importedText('b.headroom', { ...nothing, alreadyHere: 1 })).toBe(
      'Nothing new came in with b.headroom. 1 run was here already.',
    )
    expect(importedText('a.yaml', { ...nothing, scenarioIds: ['s'], problems: [error, error] })).toBe(
      'Imported 1 scenario from a.yaml. It has 2 problems to mend before it can run.',
    )
  })
})

describe('explained', () => {
  it('takes the words of host errors, and makes them sentences', () => {
    const details = { code: 'storage', message: 'the disk is full', hint: 'make room', retryable: true } as const
    expect(explained(new HostError(details))).toEqual({ message: 'The disk is full.', hint: 'Make room.' })
    expect(explained(details)).toEqual({ message: 'The disk is full.', hint: 'Make room.' })
  })

  it('owns up to faults of the program', () => {
    expect(explained(new TypeError('x is undefined')).hint).toContain('fault of the program')
    expect(explained('why not?').message).toBe('Why not?')
  })
})
