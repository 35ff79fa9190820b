// The scenarios of a workspace: what a newcomer finds, new ones, changes, bases, and what lists say of runs.
import { describe, expect, test } from 'vitest'
import type { HostApi } from '../../../host/contract/host-api.ts'
import type { ScenarioCard } from '../../../host/contract/scenario-library.ts'
import { createScenarioLibrary } from '../../../host/workspace/scenario-library.ts'
import { openTestStore, someFacts, temporaryFolder } from '../store/store-fixture.ts'
import { queueScenario } from '../support/scenarios.ts'
import { openTestWorkspace } from './open-test-workspace.ts'

async function cardOf(api: HostApi, fileName: string): Promise<ScenarioCard> {
  const card = (await api.listScenarios()).find((scenario) => scenario.fileName === fileName)
  if (card === undefined) throw new Error(`there is no ${fileName}`)
  return card
}

async function change(api: HostApi, id: string, edit: (text: string) => string): Promise<void> {
  const { text, layout, revision } = await api.readScenario(id)
  await api.saveScenario({ id, text: edit(text), layout, baseRevision: revision })
}

describe('a newcomer', () => {
  test('finds the scenarios that ship, Black Friday first', async () => {
    const { api } = await openTestWorkspace()
    const cards = await api.listScenarios()
    expect(cards.map(({ name }) => name)).toEqual(['Black Friday', 'A quiet day', 'Incident'])
    expect(cards[0]).toMatchObject({
      question: 'How long do customers wait at 80 % load?',
      revision: 1,
      problems: 0,
      lastRun: null,
      stale: false,
      spark: { loadRps: [], p95Ms: [] },
    })
  })

  test('who deletes one does not find it again', async () => {
    const first = await openTestWorkspace()
    await first.api.remove({ kind: 'scenario', ids: [await first.idOf('incident.yaml')] })
    await first.close()
    const { api } = await openTestWorkspace(first.folder)
    expect((await api.listScenarios()).map(({ fileName }) => fileName)).toEqual([
      'black-friday.yaml',
      'a-quiet-day.yaml',
    ])
    expect((await api.listTemplates()).map(({ name }) => name)).toEqual(['Black Friday', 'A quiet day', 'Incident'])
  })
})

describe('a new scenario', () => {
  test('from a text has a clean file name and is told of', async () => {
    const { api, events } = await openTestWorkspace()
    const created = await api.createScenario({ from: 'text', fileName: '../../etc/My shop?.yml', text: 'version: 1\n' })
    expect(created).toMatchObject({ fileName: 'My-shop.yaml', name: 'My-shop.yaml', revision: 1, layout: {} })
    expect((await cardOf(api, 'My-shop.yaml')).problems).toBeGreaterThan(0)
    expect(events).toContainEqual({ event: 'scenarios-changed' })
  })

  test('from a template or a copy can be told from the first by its name, and by nothing else', async () => {
    const { api, idOf } = await openTestWorkspace()
    const first = await api.readScenario(await idOf('black-friday.yaml'))
    const second = await api.createScenario({ from: 'template', fileName: 'black-friday.yaml' })
    const third = await api.createScenario({ from: 'copy', id: second.id })
    expect([second.name, third.name]).toEqual(['Black Friday 2', 'Black Friday 3'])
    expect([second.fileName, third.fileName]).toEqual(['black-friday-2.yaml', 'black-friday-3.yaml'])
    expect(third.text).toBe(first.text.replace('Black Friday', 'Black Friday 3'))
  })

  test('comes from no other file than those that ship', async () => {
    const { api } = await openTestWorkspace()
    for (const fileName of ['no.yaml', '../data/headroom.db', 'read-me.txt', '/etc/passwd']) {
      await expect(api.createScenario({ from: 'template', fileName })).rejects.toMatchObject({
        details: { code: 'not-found' },
      })
    }
  })

  test('of an absurd length is refused', async () => {
    const { api } = await openTestWorkspace()
    const text = '#'.repeat(6_000_000)
    await expect(api.createScenario({ from: 'text', fileName: 'a.yaml', text })).rejects.toMatchObject({
      details: { code: 'invalid-call' },
    })
  })
})

describe('a change', () => {
  test('is kept, told, and in the history', async () => {
    const { api, idOf, events } = await openTestWorkspace()
    const id = await idOf('black-friday.yaml')
    await change(api, id, (text) => text.replace('800/s', '900/s'))
    expect(events).toContainEqual({ event: 'scenario-changed', id, revision: 2 })
    expect((await api.readScenario(id)).text).toContain('900/s')
    const history = await api.scenarioHistory(id)
    expect(history.map(({ revision }) => revision)).toEqual([2, 1])
    expect(history[1]?.text).toContain('800/s')
  })

  test('over the change of another is a conflict', async () => {
    const { api, idOf } = await openTestWorkspace()
    const id = await idOf('black-friday.yaml')
    await change(api, id, (text) => `${text}# theirs\n`)
    const mine = { id, text: 'mine', layout: {}, baseRevision: 1 }
    await expect(api.saveScenario(mine)).rejects.toMatchObject({ details: { code: 'conflict' } })
  })

  test('that breaks the text is kept as well, and the card says so', async () => {
    const { api, idOf } = await openTestWorkspace()
    const id = await idOf('a-quiet-day.yaml')
    await change(api, id, (text) => text.replace('workers: 1', 'workers: none'))
    expect(await cardOf(api, 'a-quiet-day.yaml')).toMatchObject({ name: 'A quiet day', problems: 1 })
  })
})

describe('what a scenario extends', () => {
  test('is found among those that are kept before those that ship', async () => {
    const { api, idOf } = await openTestWorkspace()
    await change(api, await idOf('black-friday.yaml'), (text) => `${text}# changed here\n`)
    const { text } = await api.readScenario(await idOf('incident.yaml'))
    expect(await api.scenarioBases(text)).toEqual({ 'black-friday.yaml': expect.stringContaining('# changed here') })
    await api.remove({ kind: 'scenario', ids: [await idOf('black-friday.yaml')] })
    expect((await api.scenarioBases(text))['black-friday.yaml']).not.toContain('# changed here')
  })

  test('decides what its card says', async () => {
    const { api, idOf } = await openTestWorkspace()
    const base = await idOf('black-friday.yaml')
    await change(api, base, (text) => text.replace('workers: 1', 'workers: none'))
    expect((await cardOf(api, 'incident.yaml')).problems).toBe(1)
    await api.remove({ kind: 'scenario', ids: [base] })
    expect((await cardOf(api, 'incident.yaml')).problems).toBe(0)
    await api.restore({ kind: 'scenario', ids: [base] })
    expect((await cardOf(api, 'incident.yaml')).problems).toBe(1)
  })

  test('is never read from the disk', async () => {
    const { api } = await openTestWorkspace()
    const text = 'version: 1\nextends: /etc/passwd\n'
    expect(await api.scenarioBases(text)).toEqual({})
  })
})

test('the list can be read when the disk is full', async () => {
  const store = openTestStore(temporaryFolder())
  const extending = 'version: 1\nextends: ./base.yaml\nname: Above\n'
  const facts = { ...someFacts, bases: ['base.yaml'] }
  store.scenarios.create({ fileName: 'above.yaml', text: extending, facts })
  const full = { ...store, scenarios: { ...store.scenarios, learn: () => expect.unreachable('the disk is full') } }
  store.scenarios.create({ fileName: 'base.yaml', text: queueScenario(), facts: someFacts })
  const { methods } = createScenarioLibrary(full, [], () => undefined)
  expect((await methods.listScenarios()).map(({ fileName }) => fileName)).toEqual(['base.yaml', 'above.yaml'])
})

describe('the card', () => {
  test('shows the last run, and whether what would run now is something else', async () => {
    const { api, idOf, run } = await openTestWorkspace()
    const id = await idOf('incident.yaml')
    const ended = await run({ scenarioId: id, replications: 1 })
    const card = await cardOf(api, 'incident.yaml')
    expect(card).toMatchObject({ lastRun: ended, stale: false })
    expect(card.spark.loadRps.length).toBeGreaterThan(1)
    expect(card.spark.p95Ms).toHaveLength(card.spark.loadRps.length)

    await change(api, id, (text) => `${text}# only a comment\n`)
    expect((await cardOf(api, 'incident.yaml')).stale).toBe(false)

    await change(api, await idOf('black-friday.yaml'), (text) => text.replace('800/s', '500/s'))
    expect((await cardOf(api, 'incident.yaml')).stale).toBe(true)
  })

  test("bears the text's tags and the user's", async () => {
    const { api, idOf } = await openTestWorkspace()
    const id = await idOf('a-quiet-day.yaml')
    await change(api, id, (text) => `${text}tags: [queue, demo]\n`)
    await api.label({ kind: 'scenario', id, tags: ['demo', 'board'], notes: 'n' })
    expect(await cardOf(api, 'a-quiet-day.yaml')).toMatchObject({ tags: ['queue', 'demo', 'board'], notes: 'n' })
    expect((await api.readScenario(id)).tags).toEqual(['demo', 'board'])
  })
})
