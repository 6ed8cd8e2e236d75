import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import os from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { copyRevision } from '../../src/environment/revision-copy.ts'

let root: string
let repository: string
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(os.tmpdir(), 'etalon-revision-')))
  repository = join(root, 'repository')
  write('packages/kit/index.js', 'old')
  write('systems/shop/main.js', 'old')
  write('.gitignore', 'node_modules')
  write('node_modules/pg/index.js', 'pg')
  write('node_modules/@scope/one/index.js', 'one')
  write('systems/shop/node_modules/near/index.js', 'near')
  symlinkSync('../packages/kit', join(repository, 'node_modules/kit'))
  const etalon = new URL('../../', import.meta.url).pathname
  symlinkSync(etalon, join(repository, 'node_modules/etalon'))
  git('init', '--quiet')
  git('add', '.')
  git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '--quiet', '-m', 'old')
})
afterEach(() => rmSync(root, { recursive: true }))

function write(file: string, text: string): void {
  mkdirSync(dirname(join(repository, file)), { recursive: true })
  writeFileSync(join(repository, file), text)
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: repository, encoding: 'utf8' })
}

test('holds the files of the revision and finds packages where they are', async () => {
  write('packages/kit/index.js', 'new')
  write('systems/shop/main.js', 'new')
  git('add', 'packages')
  const copy = await copyRevision(join(repository, 'systems/shop'), 'HEAD', join(root, 'copy'))
  expect(copy).toEqual({
    commit: git('rev-parse', 'HEAD').trim(),
    directory: join(root, 'copy/systems/shop'),
  })
  const read = (file: string): string => readFileSync(join(root, 'copy', file), 'utf8')
  expect(read('systems/shop/main.js')).toBe('old')
  expect(read('node_modules/kit/index.js')).toBe('old')
  expect(read('node_modules/pg/index.js')).toBe('pg')
  expect(read('node_modules/@scope/one/index.js')).toBe('one')
  expect(read('systems/shop/node_modules/near/index.js')).toBe('near')
  const own = realpathSync(new URL('../../', import.meta.url).pathname)
  expect(realpathSync(join(root, 'copy/node_modules/etalon'))).toBe(own)
})

test('leaves the repository as it was, with what was staged in it', async () => {
  write('packages/kit/index.js', 'new')
  git('add', 'packages')
  write('systems/shop/main.js', 'newer')
  const before = git('status', '--porcelain=v2')
  await copyRevision(repository, 'HEAD', join(root, 'copy'))
  expect(git('status', '--porcelain=v2')).toBe(before)
  expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1)
})

test.each(['nowhere', '--all', ''])('refuses %j, which is no revision', async (revision) => {
  await expect(copyRevision(repository, revision, join(root, 'copy'))).rejects.toMatchObject({
    code: 'ETALON_REVISION_MISSING',
  })
})

test('refuses a folder that is in no repository', async () => {
  await expect(copyRevision(root, 'HEAD', join(root, 'copy'))).rejects.toMatchObject({
    code: 'ETALON_REVISION_MISSING',
  })
})
