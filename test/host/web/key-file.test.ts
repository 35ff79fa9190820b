// The key of sessions: made once, for its owner's eyes, and never in the way.
import { chmodSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sessionKey } from '../../../host/web/key-file.ts'
import { temporaryTree } from '../../support/temporary-tree.ts'

test('it is made with its folder, kept, and readable by its owner only', () => {
  const folder = join(temporaryTree({}), 'new', 'data')
  const key = sessionKey(folder)
  expect(key).toHaveLength(32)
  expect(sessionKey(folder)).toEqual(key)
  const path = join(folder, 'session-key')
  expect(readFileSync(path)).toEqual(key)
  expect(process.platform === 'win32' || (statSync(path).mode & 0o777) === 0o600).toBe(true)
  expect(sessionKey(temporaryTree({}))).not.toEqual(key)
})

test('a damaged one is replaced', () => {
  const folder = temporaryTree({ 'session-key': 'short' })
  const key = sessionKey(folder)
  expect(key).toHaveLength(32)
  expect(sessionKey(folder)).toEqual(key)
})

test('where nothing can be written, there is one all the same', () => {
  const folder = join(temporaryTree({ file: '' }), 'file')
  expect(sessionKey(folder)).toHaveLength(32)
  expect(readFileSync(folder, 'utf8')).toBe('')
  const locked = temporaryTree({})
  chmodSync(locked, 0o500)
  expect(sessionKey(locked)).toHaveLength(32)
  chmodSync(locked, 0o700)
})
