import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Unpacks a package of the distribution into a folder, without installing anything and without
 * asking for rights. Lets apt work out which packages it needs here beyond what is installed; the
 * package lists are read from the machine if it has them, else fetched into a folder of our own.
 *
 * @throws Error when apt-get is not there or cannot download it
 */
export function unpackPackage(name: string, root: string): void {
  const work = mkdtempSync(`${root}-draft-`)
  try {
    const archives = join(work, 'archives')
    mkdirSync(join(archives, 'partial'), { recursive: true })
    const own = ownLists(work)
    if (!download(name, archives, [])) {
      execFileSync('apt-get', ['update', '-qq', ...own], { stdio: 'pipe', timeout: 120_000 })
      if (!download(name, archives, own)) throw new Error(`apt-get could not download ${name}`)
    }
    const tree = join(work, 'tree')
    mkdirSync(tree)
    for (const file of readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
      execFileSync('dpkg-deb', ['--extract', join(archives, file), tree], { stdio: 'pipe' })
    }
    renameSync(tree, root)
  } catch (error) {
    // Another run may have been faster.
    if (!existsSync(root)) throw error
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function download(name: string, archives: string, further: readonly string[]): boolean {
  const result = spawnSync(
    'apt-get',
    [
      'install',
      '--download-only',
      '--no-install-recommends',
      '--yes',
      '-qq',
      '-o',
      'Debug::NoLocking=1',
      '-o',
      'APT::Sandbox::User=root',
      '-o',
      `Dir::Cache::archives=${archives}`,
      ...further,
      name,
    ],
    { stdio: 'pipe', timeout: 120_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } },
  )
  if (result.error) throw result.error
  return result.status === 0
}

function ownLists(work: string): string[] {
  const lists = join(work, 'lists')
  mkdirSync(join(lists, 'partial'), { recursive: true })
  return [
    '-o',
    `Dir::State::lists=${lists}`,
    '-o',
    `Dir::Cache::pkgcache=${join(work, 'pkgcache.bin')}`,
    '-o',
    `Dir::Cache::srcpkgcache=${join(work, 'srcpkgcache.bin')}`,
    '-o',
    'APT::Sandbox::User=root',
  ]
}
