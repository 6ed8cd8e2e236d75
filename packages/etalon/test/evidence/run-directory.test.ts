import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRunDirectory, type RunDirectory } from '../../src/evidence/run-directory.ts'

let root: string
let directory: RunDirectory

beforeEach(() => {
  root = mkdtempSync(join(os.tmpdir(), 'etalon-runs-'))
  directory = createRunDirectory(root, 'run')
})
afterEach(() => rmSync(root, { recursive: true }))

const folderOf = (claim: string): string => directory.claimFolder('shop', claim)

test('the folder of a plain id has its name', () => {
  expect(folderOf('S-1.a_b')).toBe(join(directory.path, 'claims', 'shop', 'S-1.a_b'))
})

test('claims and defects whose names differ have folders that differ, and keep them', () => {
  const names = [
    'X-1/создание',
    'X-1/удаление',
    'X-1/a b',
    'X-1/a_b',
    'X-1_a_b',
    'X-1 with p95 > 100',
    'X-1 with p95 < 100',
    '.',
    '..',
  ]
  const folders = names.map(folderOf)
  expect(new Set(folders).size).toBe(names.length)
  expect(names.map(folderOf)).toEqual(folders)
  expect(new Set(folders.map((folder) => dirname(folder))).size).toBe(1)
  expect(basename(folderOf('X-1/a b'))).toMatch(/^X-1_a_b~[\da-f]{12}$/)
})
