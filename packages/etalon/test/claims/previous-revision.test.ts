import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadSystem } from '../../src/claims/load-systems.ts'
import { previousRevision } from '../../src/claims/previous-revision.ts'

let repository: string
beforeEach(() => {
  repository = realpathSync(mkdtempSync(join(os.tmpdir(), 'etalon-previous-')))
  write('.gitignore', 'node_modules')
  write('systems/shop/etalon.config.ts', config())
  write('systems/shop/main.js', 'first')
  dependsOn('systems/shop', { dependencies: { kit: '*' }, devDependencies: { pages: '*' } })
  for (const name of ['kit', 'pages', 'deep', 'other']) {
    write(`packages/${name}/index.js`, 'first')
    dependsOn(`packages/${name}`, name === 'kit' ? { dependencies: { deep: '*' } } : {})
    mkdirSync(join(repository, 'node_modules'), { recursive: true })
    symlinkSync(`../packages/${name}`, join(repository, 'node_modules', name))
  }
  git('init', '--quiet')
})
afterEach(() => rmSync(repository, { recursive: true }))

function config(more = ''): string {
  return `export default { name: 'shop', title: 'Shop', processes: {}, ${more} }`
}

function write(file: string, text: string): void {
  mkdirSync(dirname(join(repository, file)), { recursive: true })
  writeFileSync(join(repository, file), text)
}

function dependsOn(folder: string, described: object): void {
  write(`${folder}/package.json`, JSON.stringify(described))
}

function git(...args: string[]): string {
  return execFileSync('git', args, { cwd: repository, encoding: 'utf8' }).trim()
}

/** Commits all there is and gives the name of the commit. */
function commit(): string {
  git('add', '.')
  git('-c', 'user.name=a', '-c', 'user.email=a@example.org', 'commit', '--quiet', '-m', 'one')
  return git('rev-parse', 'HEAD')
}

async function previous(): Promise<string> {
  return previousRevision(await loadSystem(join(repository, 'systems/shop/etalon.config.ts')))
}

test.each([
  'systems/shop/main.js',
  'systems/shop/src/added.js',
  'packages/kit/index.js',
  'packages/pages/index.js',
  'packages/deep/index.js',
])(
  'where %s was changed it is the last commit, and once that is in one, the one before',
  async (file) => {
    const first = commit()
    write(file, 'second')
    await expect(previous()).resolves.toBe('HEAD')
    commit()
    await expect(previous()).resolves.toBe(first)
  },
)

test.each([
  'systems/shop/claims/a.claim.ts',
  'systems/shop/claims/day.ts',
  'systems/shop/defects/a.defect.ts',
  'systems/shop/requirements.md',
  'systems/shop/README.md',
  'systems/shop/accepted.json',
  'systems/shop/test/rule.ts',
  'systems/shop/src/rule.test.ts',
  'systems/other/main.js',
  'packages/other/index.js',
  'packages/kit/README.md',
])('%s is no part of the system', async (file) => {
  const first = commit()
  write('systems/shop/main.js', 'second')
  commit()
  write(file, 'second')
  await expect(previous()).resolves.toBe(first)
  commit()
  await expect(previous()).resolves.toBe(first)
})

test('claims are told apart where they stand, also beside the system itself', async () => {
  write('systems/shop/etalon.config.ts', config("claims: '.', defects: 'faults'"))
  commit()
  write('systems/shop/main.js', 'second')
  const second = commit()
  write('systems/shop/one.claim.ts', 'a claim')
  write('systems/shop/faults/fault.ts', 'of a defect')
  write('systems/shop/claims/main.js', 'the system')
  await expect(previous()).resolves.toBe('HEAD')
  commit()
  await expect(previous()).resolves.toBe(second)
})

test('without a commit that has it otherwise there is none', async () => {
  write('systems/other/main.js', 'first')
  commit()
  write('systems/other/main.js', 'second')
  commit()
  await expect(previous()).rejects.toMatchObject({
    code: 'ETALON_REVISION_MISSING',
    message: expect.stringContaining('no commit that is here has it otherwise'),
  })
})
