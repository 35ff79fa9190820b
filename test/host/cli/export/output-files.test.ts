// Files are written whole or not at all, and what cannot be written is told beforehand.
import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import {
  exportFolderComplaint,
  fileComplaint,
  writeFolder,
  writeWhole,
} from '../../../../host/cli/export/output-files.ts'
import { HostError } from '../../../../host/contract/host-error.ts'
import { temporaryTree } from '../../../support/temporary-tree.ts'

test('a file is replaced, and nothing is left beside it', () => {
  const root = temporaryTree({ 'result.json': 'old' })
  writeWhole(join(root, 'result.json'), 'new')
  expect(readFileSync(join(root, 'result.json'), 'utf8')).toBe('new')
  expect(readdirSync(root)).toEqual(['result.json'])
})

test('a link stays a link', () => {
  const root = temporaryTree({ 'real.json': 'old' })
  symlinkSync('real.json', join(root, 'link.json'))
  writeWhole(join(root, 'link.json'), 'new')
  expect(readlinkSync(join(root, 'link.json'))).toBe('real.json')
  expect(readFileSync(join(root, 'real.json'), 'utf8')).toBe('new')
})

test('what cannot be written is an error of the disk, without remains', () => {
  const root = temporaryTree({ 'a.txt': '' })
  mkdirSync(join(root, 'folder'))
  expect(() => writeWhole(join(root, 'gone', 'x.json'), 'text')).toThrow(HostError)
  expect(() => writeWhole(join(root, 'folder'), 'text')).toThrow(HostError)
  expect(readdirSync(root)).toEqual(['a.txt', 'folder'])
})

test('targets are looked at before a run', () => {
  const root = temporaryTree({ 'a.txt': '' })
  expect(fileComplaint(join(root, 'new.json'))).toBeUndefined()
  expect(fileComplaint(join(root, 'a.txt'))).toBeUndefined()
  expect(fileComplaint('/dev/null')).toBeUndefined()
  expect(fileComplaint(root)?.message).toContain('is a folder')
  expect(fileComplaint(join(root, 'gone', 'x.json'))?.message).toContain('there is no folder')
  expect(fileComplaint(join(root, 'a.txt', 'x.json'))?.message).toContain('is not a folder')
  expect(exportFolderComplaint(join(root, 'new'))).toBeUndefined()
  expect(exportFolderComplaint(root)).toBeUndefined()
  expect(exportFolderComplaint(join(root, 'a.txt'))?.message).toContain('is not a folder')
  expect(exportFolderComplaint(join(root, 'gone', 'new'))?.message).toContain('there is no folder')
})

test('a folder of files is made when it is not there', () => {
  const root = temporaryTree({})
  writeFileSync(join(root, 'other'), '')
  writeFolder(
    join(root, 'csv'),
    new Map([
      ['a.csv', '1'],
      ['b.csv', '2'],
    ]),
  )
  expect(readdirSync(join(root, 'csv'))).toEqual(['a.csv', 'b.csv'])
  expect(existsSync(join(root, 'other'))).toBe(true)
})
