// Programs of the operating system are found where PATH leads, the preferred name first.
import { chmodSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { findProgram } from '../../scripts/system-programs.ts'
import { temporaryTree } from '../support/temporary-tree.ts'

afterEach(() => vi.unstubAllEnvs())

const browser = { debianPackage: 'browser', names: ['browser', 'browser-stable'] }

/** A tree on PATH whose files are executable, except those named otherwise. */
function pathOf(files: readonly string[], plain: readonly string[] = []): string {
  const root = temporaryTree(Object.fromEntries([...files, ...plain].map((path) => [path, '#!/bin/sh\n'])))
  for (const path of files) chmodSync(join(root, path), 0o755)
  vi.stubEnv('PATH', ['a', 'b'].map((folder) => join(root, folder)).join(delimiter))
  return root
}

test('finds a program in any folder of PATH, and prefers its first name', () => {
  const root = pathOf(['a/browser-stable', 'b/browser'])
  expect(findProgram(browser)).toBe(join(root, 'b/browser'))
})

test('falls back to another name', () => {
  const root = pathOf(['b/browser-stable'])
  expect(findProgram(browser)).toBe(join(root, 'b/browser-stable'))
})

test('finds nothing outside PATH, and no file that cannot be run', () => {
  pathOf(['c/browser'], ['a/browser'])
  expect(findProgram(browser)).toBeUndefined()
})
