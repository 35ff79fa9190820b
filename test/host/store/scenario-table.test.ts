// Scenarios as they are kept: texts, revisions, history, names, the bin.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HostError } from '../../../host/contract/host-error.ts'
import type { Store, StoredScenario } from '../../../host/store/store.ts'
import { Clock, newRun, openTestStore, someFacts, temporaryFolder } from './store-fixture.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

function create(store: Store, text = 'a', fileName = 'queue.yaml'): StoredScenario {
  return store.scenarios.create({ fileName, text, facts: someFacts })
}

function save(store: Store, id: string, text: string, layout = {}): number {
  const baseRevision = store.scenarios.read(id)!.revision
  return store.scenarios.save({ id, text, layout, baseRevision, facts: someFacts }).revision
}

function texts(store: Store, id: string): readonly string[] {
  return store.scenarios.history(id).map(({ text }) => text)
}

function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof HostError) return error.details.code
    throw error
  }
  return 'nothing was thrown'
}

describe('texts', () => {
  test('come back as they were saved, byte for byte, also after the store was closed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 300 }), { minLength: 1, maxLength: 8 }),
        (saved: readonly string[]) => {
          const folder = temporaryFolder()
          const store = openTestStore(folder)
          const { id } = create(store, 'first')
          for (const text of saved) save(store, id, text)
          store.close()
          const again = openTestStore(folder)
          expect(again.scenarios.read(id)?.text).toBe(saved.at(-1))
          expect(again.scenarios.history(id)[0]?.text).toBe(saved.at(-1))
          again.close()
        },
      ),
      { numRuns: 15 },
    )
  })

  test('of somebody who did not see the last one are refused, and change nothing', () => {
    const store = openTestStore(temporaryFolder())
    const { id } = create(store)
    save(store, id, 'theirs')
    const mine = { id, text: 'mine', layout: {}, baseRevision: 1, facts: someFacts }
    expect(codeOf(() => store.scenarios.save(mine))).toBe('conflict')
    expect(store.scenarios.read(id)).toMatchObject({ text: 'theirs', revision: 2 })
  })

  test('that are kept already are acknowledged again: the first answer may have been lost', () => {
    const store = openTestStore(temporaryFolder())
    const { id } = create(store)
    const change = { id, text: 'b', layout: {}, baseRevision: 1, facts: someFacts }
    expect(store.scenarios.save(change)).toEqual(store.scenarios.save(change))
    expect(store.scenarios.read(id)?.revision).toBe(2)
  })

  test('and positions of what is not there are not found', () => {
    const store = openTestStore(temporaryFolder())
    const change = { id: 'no', text: 'b', layout: {}, baseRevision: 1, facts: someFacts }
    expect(codeOf(() => store.scenarios.save(change))).toBe('not-found')
    expect(codeOf(() => store.label({ kind: 'scenario', id: 'no', notes: 'x' }))).toBe('not-found')
  })
})

describe('the history', () => {
  test('has one line for the texts of a minute, and keeps the first text of all', () => {
    const clock = new Clock()
    const store = openTestStore(temporaryFolder(), { wallMs: clock.wallMs })
    const { id } = create(store, 'created')
    for (const text of ['a', 'ab', 'abc']) {
      clock.advance(1_000)
      save(store, id, text)
    }
    clock.advance(MINUTE_MS)
    save(store, id, 'later')
    expect(texts(store, id)).toEqual(['later', 'abc', 'created'])
  })

  test('keeps every text that a run used', () => {
    const store = openTestStore(temporaryFolder())
    const { id } = create(store, 'created')
    const revision = save(store, id, 'ran')
    store.runs.begin(newRun({ scenarioId: id, revision }))
    save(store, id, 'next')
    save(store, id, 'after')
    expect(texts(store, id)).toEqual(['after', 'ran', 'created'])
  })

  test('keeps a text that ran after only the canvas was rearranged', () => {
    const store = openTestStore(temporaryFolder())
    const { id } = create(store, 'created')
    save(store, id, 'ran')
    const revision = save(store, id, 'ran', { 'services/desk': { x: 1, y: 2 } })
    store.runs.begin(newRun({ scenarioId: id, revision }))
    save(store, id, 'next')
    expect(texts(store, id)).toEqual(['next', 'ran', 'created'])
  })

  test('has no line for positions on the canvas', () => {
    const store = openTestStore(temporaryFolder())
    const { id } = create(store, 'created')
    const layout = { 'services/desk': { x: 10, y: -20.5 } }
    expect(save(store, id, 'created', layout)).toBe(2)
    expect(store.scenarios.read(id)?.layout).toEqual(layout)
    expect(texts(store, id)).toEqual(['created'])
  })
})

describe('lists', () => {
  test('have the last changed first', () => {
    const clock = new Clock()
    const store = openTestStore(temporaryFolder(), { wallMs: clock.wallMs })
    const first = create(store, 'a', 'first.yaml')
    create(store, 'b', 'second.yaml')
    const names = (): readonly string[] => store.scenarios.list().map(({ fileName }) => fileName)
    expect(names()).toEqual(['second.yaml', 'first.yaml'])
    clock.advance(1)
    save(store, first.id, 'c')
    expect(names()).toEqual(['first.yaml', 'second.yaml'])
  })

  test('know tags, notes and what the text says of itself', () => {
    const store = openTestStore(temporaryFolder())
    const { id } = create(store)
    store.label({ kind: 'scenario', id, tags: ['mine'], notes: 'for the board' })
    store.label({ kind: 'scenario', id, tags: ['mine', 'new'] })
    expect(store.scenarios.list()).toMatchObject([
      { id, name: 'One queue', tags: ['mine', 'new'], notes: 'for the board', facts: someFacts },
    ])
  })
})

describe('deleted scenarios', () => {
  test('are gone from lists and names, and come back', () => {
    const store = openTestStore(temporaryFolder())
    const { id } = create(store)
    store.remove({ kind: 'scenario', ids: [id] })
    expect(store.scenarios.list()).toEqual([])
    expect(store.scenarios.read(id)).toBeUndefined()
    expect(store.scenarios.byFileName('queue.yaml')).toBeUndefined()
    expect(codeOf(() => store.scenarios.save({ id, text: 'b', layout: {}, baseRevision: 1, facts: someFacts }))).toBe(
      'not-found',
    )
    store.restore({ kind: 'scenario', ids: [id] })
    expect(store.scenarios.read(id)?.text).toBe('a')
  })

  test('come back under another file name when theirs was taken', () => {
    const store = openTestStore(temporaryFolder())
    const { id } = create(store)
    store.remove({ kind: 'scenario', ids: [id] })
    expect(create(store).fileName).toBe('queue.yaml')
    store.restore({ kind: 'scenario', ids: [id] })
    expect(store.scenarios.read(id)?.fileName).toBe('queue-2.yaml')
  })

  test('are forgotten at a start a month later, and their runs stay', () => {
    const folder = temporaryFolder()
    const clock = new Clock()
    const store = openTestStore(folder, { wallMs: clock.wallMs })
    const { id } = create(store)
    const run = store.runs.begin(newRun({ scenarioId: id, revision: 1 }))
    store.runs.change(run.id, { status: 'cancelled' })
    store.remove({ kind: 'scenario', ids: [id] })
    store.close()
    clock.advance(31 * DAY_MS)
    const later = openTestStore(folder, { wallMs: clock.wallMs })
    later.restore({ kind: 'scenario', ids: [id] })
    expect(later.scenarios.read(id)).toBeUndefined()
    expect(later.runs.summary(run.id)).toMatchObject({ scenarioId: null, scenarioName: 'One queue' })
  })
})

test('file names are kept apart by numbers', () => {
  const store = openTestStore(temporaryFolder())
  expect([create(store), create(store), create(store)].map(({ fileName }) => fileName)).toEqual([
    'queue.yaml',
    'queue-2.yaml',
    'queue-3.yaml',
  ])
})
