// The document: edits of every kind in one history, saved within a second, and nothing lost when host or page go.
import { beforeEach, describe, expect, it } from 'vitest'
import { FakeWorld } from './fake-world.ts'

const text = `version: 1
name: Shop
services:
  web: # the front
    replicas: 2
    endpoints: { get: { steps: [{ cpu: 1ms }] } }
traffic:
  users: { rate: 10/s, mix: { get: 100% } }
`

let world: FakeWorld

async function opened() {
  const page = world.page()
  await page.getState().open('s1')
  return page
}

beforeEach(() => {
  world = new FakeWorld(text)
})

describe('editing', () => {
  it('shows at once what a field changed, in text and document', async () => {
    const page = await opened()
    page.getState().change(['services', 'web', 'replicas'], 5, 'Change replicas of web')
    const { value, undoLabel, problems } = page.getState()
    expect(page.getState().text).toBe(text.replace('replicas: 2', 'replicas: 5'))
    expect(value).toMatchObject({ services: { web: { replicas: 5 } } })
    expect(undoLabel).toBe('Change replicas of web')
    expect(problems).toEqual([])
  })

  it('understands typing once it rests, and keeps the last picture while the text is broken', async () => {
    const page = await opened()
    page.getState().replaceText(`${text}caches: {`, 'Edit text', 'typing')
    expect(page.getState().isBroken).toBe(false)
    await world.pass(200)
    expect(page.getState().isBroken).toBe(true)
    expect(page.getState().problems.length).toBeGreaterThan(0)
    expect(page.getState().value).toMatchObject({ services: { web: { replicas: 2 } } })
    page.getState().change(['services', 'web', 'replicas'], 9, 'Change replicas of web')
    expect(page.getState().text).toContain('replicas: 2')
  })

  it('takes back text, fields and moves in one order', async () => {
    const page = await opened()
    const { change, moveNodes, replaceText, undo, redo } = page.getState()
    change(['services', 'web', 'replicas'], 5, 'Change replicas of web')
    moveNodes({ 'services/web': { x: 10, y: 20 } }, 'Move web')
    replaceText(`${page.getState().text}# end\n`, 'Edit text', 'typing')
    expect(page.getState().undoLabel).toBe('Edit text')
    undo()
    expect(page.getState().undoLabel).toBe('Move web')
    undo()
    expect(page.getState().layout).toEqual({})
    undo()
    expect(page.getState()).toMatchObject({ text, canUndo: false, redoLabel: 'Change replicas of web' })
    redo()
    redo()
    expect(page.getState().layout).toEqual({ 'services/web': { x: 10, y: 20 } })
  })

  it('makes one step of a burst of typing, and two of two bursts', async () => {
    const page = await opened()
    const type = (letter: string) => page.getState().replaceText(page.getState().text + letter, 'Edit text', 'typing')
    type('#')
    await world.pass(100)
    type('a')
    await world.pass(5_000)
    type('b')
    page.getState().undo()
    expect(page.getState().text).toBe(`${text}#a`)
    page.getState().undo()
    expect(page.getState().text).toBe(text)
  })

  it('keeps two additions of one name two steps', async () => {
    const page = await opened()
    page.getState().change(['caches', 'cache'], { tiers: [] }, 'Add cache')
    page.getState().change(['caches', 'cache_2'], { tiers: [] }, 'Add cache')
    page.getState().undo()
    expect(page.getState().value).toHaveProperty('caches.cache')
    expect(page.getState().value).not.toHaveProperty('caches.cache_2')
  })

  it('renames with everything that refers, and takes the selection along', async () => {
    const page = await opened()
    page.getState().select('services/web/endpoints/get')
    page.getState().rename(['services', 'web', 'endpoints', 'get'], 'read')
    expect(page.getState().text).toContain('mix: { read: 100% }')
    expect(page.getState().selection).toBe('services/web/endpoints/read')
  })
})

describe('a scenario over a base', () => {
  it('shows what the base says, writes over it, and takes that back', async () => {
    world = new FakeWorld('version: 1\nextends: ./base.yaml\nname: Bigger\n')
    world.bases['base.yaml'] = text
    const page = await opened()
    await world.pass(0)
    expect(page.getState()).toMatchObject({ phase: 'ready', problems: [] })
    expect(page.getState().value).toMatchObject({ services: { web: { replicas: 2 } } })
    page.getState().change(['services', 'web', 'replicas'], 8, 'Change replicas of web')
    expect(page.getState().text).toContain('services:\n  web: { replicas: 8 }\n')
    expect(page.getState().own).toMatchObject({ services: { web: { replicas: 8 } } })
    page.getState().revert(['services', 'web', 'replicas'], 'Revert replicas of web')
    expect(page.getState().own).toEqual({ version: 1, extends: './base.yaml', name: 'Bigger' })
  })

  it('takes an inherited entry away by saying so', async () => {
    world = new FakeWorld('version: 1\nextends: base.yaml\n')
    world.bases['base.yaml'] = text
    const page = await opened()
    await world.pass(0)
    page.getState().change(['services', 'web', 'replicas'], undefined, 'Remove replicas of web')
    expect(page.getState().value).not.toHaveProperty('services.web.replicas')
  })
})

describe('saving', () => {
  it('hands an edit over within a second, also under steady typing', async () => {
    const page = await opened()
    for (let i = 0; i < 10; i++) {
      page.getState().replaceText(`${text}# ${'x'.repeat(i + 1)}\n`, 'Edit text', 'typing')
      expect(page.getState().saved.state).not.toBe('failed')
      await world.pass(100)
    }
    expect(world.saves.length).toBeGreaterThan(0)
    await world.pass(1_000)
    expect(world.scenario.text).toBe(page.getState().text)
    expect(page.getState().saved.state).toBe('saved')
    expect(world.kept.size).toBe(0)
  })

  it('saves positions, too', async () => {
    const page = await opened()
    page.getState().moveNodes({ 'services/web': { x: 1, y: 2 } })
    await world.pass(1_000)
    expect(world.scenario.layout).toEqual({ 'services/web': { x: 1, y: 2 } })
  })

  it('flushes before a run', async () => {
    const page = await opened()
    page.getState().change(['name'], 'Other', 'Change name')
    expect(await page.getState().flush()).toBe(true)
    expect(world.scenario.text).toContain('name: Other')
  })

  it('goes on trying while the host is away, and says so', async () => {
    const page = await opened()
    world.failure = 'disconnected'
    page.getState().change(['name'], 'Other', 'Change name')
    await world.pass(1_000)
    expect(page.getState().saved).toMatchObject({ state: 'failed', message: 'not kept: disconnected' })
    expect(await page.getState().flush()).toBe(false)
    world.failure = null
    await world.pass(20_000)
    expect(page.getState().saved.state).toBe('saved')
    expect(world.scenario.text).toBe(page.getState().text)
  })

  it('offers what a crashed page had not handed over, byte for byte', async () => {
    const page = await opened()
    world.failure = 'disconnected'
    const edited = `${text}# half a thought`
    page.getState().replaceText(edited, 'Edit text', 'typing')
    world.failure = null
    const next = await opened()
    expect(next.getState().text).toBe(text)
    expect(next.getState().recovered).toMatchObject({ text: edited, atMs: world.nowMs })
    next.getState().keepRecovered()
    await world.pass(1_000)
    expect(world.scenario.text).toBe(edited)
    expect(next.getState().recovered).toBeNull()
    expect((await opened()).getState().recovered).toBeNull()
  })

  it('forgets what was discarded', async () => {
    const page = await opened()
    world.failure = 'disconnected'
    page.getState().replaceText(`${text}#`, 'Edit text', 'typing')
    const next = await opened()
    next.getState().discardRecovered()
    expect((await opened()).getState().recovered).toBeNull()
    expect(next.getState().text).toBe(text)
  })

  it('changes nothing while it is read-only, and says why', async () => {
    world.readOnlyReason = 'Another Headroom has this folder.'
    const page = await opened()
    page.getState().change(['name'], 'Other', 'Change name')
    expect(page.getState()).toMatchObject({ text, saved: { state: 'read-only', message: world.readOnlyReason } })
  })
})

describe('two windows', () => {
  it('the one without edits follows the other', async () => {
    const page = await opened()
    const revision = world.saveElsewhere(`${text}# theirs\n`)
    page.getState().noticeSaved('s1', revision)
    await world.pass(0)
    expect(page.getState().text).toBe(`${text}# theirs\n`)
    page.getState().undo()
    expect(page.getState().text).toBe(text)
  })

  it('does not take its own save for that of another', async () => {
    const page = await opened()
    page.getState().change(['name'], 'Other', 'Change name')
    await world.pass(1_000)
    page.getState().noticeSaved('s1', world.scenario.revision)
    expect(page.getState().saved.state).toBe('saved')
    expect(page.getState().undoLabel).toBe('Change name')
  })

  it('asks when both have edits: keep mine', async () => {
    const page = await opened()
    page.getState().change(['name'], 'Mine', 'Change name')
    page.getState().noticeSaved('s1', world.saveElsewhere(`${text}# theirs\n`))
    await world.pass(1_000)
    expect(page.getState().saved.state).toBe('conflict')
    expect(world.saves).toEqual([])
    await page.getState().keepMine()
    expect(page.getState().saved.state).toBe('saved')
    expect(world.scenario.text).toContain('name: Mine')
  })

  it('asks when the host refuses: take theirs, and undo brings mine back', async () => {
    const page = await opened()
    page.getState().change(['name'], 'Mine', 'Change name')
    world.saveElsewhere(`${text}# theirs\n`)
    await world.pass(1_000)
    expect(page.getState().saved.state).toBe('conflict')
    await page.getState().takeTheirs()
    expect(page.getState()).toMatchObject({ text: `${text}# theirs\n`, saved: { state: 'saved' } })
    page.getState().undo()
    await world.pass(1_000)
    expect(world.scenario.text).toContain('name: Mine')
  })
})
