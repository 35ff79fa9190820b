// An address in the page's URL says which screen is shown and of what, and comes back the same.
import fc from 'fast-check'
import { beforeEach, describe, expect, it, vi } from 'vitest'

const written: string[] = []
vi.stubGlobal('location', { hash: '#/design/black?tab=yaml' })
vi.stubGlobal('addEventListener', () => {})
vi.stubGlobal('history', {
  pushState: (_state: unknown, _title: string, to: string) => written.push(`push ${to}`),
  replaceState: (_state: unknown, _title: string, to: string) => written.push(`replace ${to}`),
})
const { addressText, parseAddress, useView, viewNames } = await import('../../../renderer/stores/view-store.ts')

beforeEach(() => {
  written.length = 0
  useView.setState(useView.getInitialState(), true)
})

describe('parseAddress', () => {
  it('reads view, subject and parameters', () => {
    expect(parseAddress('#/results/run%2F1?tab=cache&q=a%20b')).toEqual({
      view: 'results',
      subject: 'run/1',
      parameters: { tab: 'cache', q: 'a b' },
    })
  })

  it.each(['', '#', '#/', '#/nowhere/x', 'nonsense'])('%j is the library', (hash) => {
    expect(parseAddress(hash)).toMatchObject({ view: 'library', subject: '' })
  })

  it('survives a broken escape', () => {
    expect(parseAddress('#/results/%E0%A4%A')).toMatchObject({ view: 'results', subject: '' })
  })

  it('reads what addressText writes', () => {
    const address = fc.record({
      view: fc.constantFrom(...viewNames),
      subject: fc.string({ unit: 'grapheme' }),
      parameters: fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/u), fc.string({ unit: 'grapheme' })),
    })
    fc.assert(
      fc.property(address, (given) => {
        expect(parseAddress(addressText(given))).toEqual({ ...given, parameters: { ...given.parameters } })
      }),
    )
  })
})

describe('useView', () => {
  it('begins where the page is', () => {
    expect(useView.getState().address).toEqual({ view: 'design', subject: 'black', parameters: { tab: 'yaml' } })
  })

  it('leaves an entry in the history for screens, none for parameters', () => {
    useView.getState().go('results', 'r1')
    useView.getState().set({ tab: 'cache', gone: undefined })
    useView.getState().set({ tab: undefined })
    useView.getState().name('r2')
    expect(written).toEqual([
      'push #/results/r1',
      'replace #/results/r1?tab=cache',
      'replace #/results/r1',
      'replace #/results/r2',
    ])
  })
})
