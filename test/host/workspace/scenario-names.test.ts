// Names of new scenarios: of files, and what people call them.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cleanFileName, freeName, renamed } from '../../../host/workspace/scenario-names.ts'

test.each([
  ['shop.yaml', 'shop.yaml'],
  ['shop.yml', 'shop.yaml'],
  ['C:\\files\\My shop (2).YAML', 'My-shop-2.yaml'],
  ['../../.hidden', 'hidden.yaml'],
  ['größe.json', 'größe.yaml'],
  ['', 'scenario.yaml'],
  ['...', 'scenario.yaml'],
])('%j is kept as %s', (wanted, name) => {
  expect(cleanFileName(wanted)).toBe(name)
})

test('every file name is one that every system takes', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (wanted) => {
      const name = cleanFileName(wanted)
      expect(name).toMatch(/^[\p{L}\p{N}_][\p{L}\p{N}._-]*\.yaml$/u)
      expect(cleanFileName(name)).toBe(name)
    }),
  )
})

test('names are counted up', () => {
  const taken = new Set(['Shop', 'Shop 2', 'M/M/1', 'Year 2024'])
  expect(['Shop', 'Shop 2', 'M/M/1', 'Year 2024', 'New'].map((name) => freeName(name, taken))).toEqual([
    'Shop 3',
    'Shop 3',
    'M/M/1 2',
    'Year 2024 2',
    'New',
  ])
})

test.each([
  ['version: 1\nname: Shop # ours\nservices: {}\n', 'Shop 2', 'version: 1\nname: Shop 2\nservices: {}\n'],
  ['version: 1\r\nname: Shop\r\n', 'a: "b" #', 'version: 1\r\nname: \'a: "b" #\'\r\n'],
  ['extends: ./shop.yaml\n', 'Shop 2', 'extends: ./shop.yaml\nname: Shop 2\n'],
  ['name: >-\n  folded\n  text\nversion: 1\n', 'Shop 2', 'name: >-\n  folded\n  text\nversion: 1\n'],
  ['not: [a scenario', 'Shop 2', 'not: [a scenario'],
])('%j renamed', (text, name, expected) => {
  expect(renamed(text, name)).toBe(expected)
})
