import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { EtalonError, messageOf } from '../kernel/errors.ts'
import { folderOfPackage } from './repository-package.ts'

const run = promisify(execFile)

/** A revision of a repository as files on disk. */
export interface RevisionCopy {
  readonly commit: string
  /** The folder that stands for the one it was asked for. */
  readonly directory: string
}

/**
 * Writes a revision of the repository around `directory` into the empty folder `into`. Nothing is
 * registered in the repository (a `git worktree` would be), so that removing the folder removes all
 * of it, whoever does that. Packages come from the installed ones:
 *
 *     <into>/node_modules/pg            ─▶ as installed here
 *     <into>/node_modules/service-kit   ─▶ <into>/packages/service-kit: a package of the repository
 *     <into>/node_modules/etalon        ─▶ as installed here: it measures, and is not measured
 *
 * @param directory a folder of the repository
 * @param revision a commit, branch or tag
 * @throws ETALON_REVISION_MISSING
 */
export async function copyRevision(
  directory: string,
  revision: string,
  into: string,
): Promise<RevisionCopy> {
  const git = async (args: readonly string[], env = {}): Promise<string> => {
    const { stdout } = await run('git', args, { cwd: directory, env: { ...process.env, ...env } })
    return stdout.trim()
  }
  try {
    const top = realpathSync(await git(['rev-parse', '--show-toplevel']))
    const commit = await git(['rev-parse', '--verify', '--end-of-options', `${revision}^{commit}`])
    mkdirSync(into, { recursive: true, mode: 0o700 })
    // An index of its own: the one of the repository belongs to whoever works in it.
    const env = { GIT_INDEX_FILE: join(into, '.index') }
    await git(['read-tree', commit], env)
    await git(['-C', top, 'checkout-index', '--all', `--prefix=${into}${sep}`], env)
    for (const folder of foldersWithPackages(top, into)) linkPackages(top, into, folder)
    return { commit, directory: join(into, relative(top, realpathSync(directory))) }
  } catch (error) {
    const { stderr } = error as { stderr?: string }
    const problem = (stderr || messageOf(error)).trim()
    throw new EtalonError('ETALON_REVISION_MISSING', { revision, problem }, { cause: error })
  }
}

/** Folders of the repository that hold packages and stand in the copy too, the top one first. */
function foldersWithPackages(top: string, copy: string): string[] {
  const found: string[] = []
  const visit = (folder: string): void => {
    if (existsSync(join(top, folder, 'node_modules'))) found.push(folder)
    for (const entry of readdirSync(join(copy, folder), { withFileTypes: true })) {
      if (entry.isDirectory() && entry.name !== 'node_modules') visit(join(folder, entry.name))
    }
  }
  visit('')
  return found
}

function linkPackages(top: string, copy: string, folder: string): void {
  const installed = join(top, folder, 'node_modules')
  const into = join(copy, folder, 'node_modules')
  mkdirSync(into)
  for (const name of packageNames(installed)) {
    mkdirSync(dirname(join(into, name)), { recursive: true })
    symlinkSync(linkTarget(join(installed, name), top, copy), join(into, name))
  }
}

function linkTarget(entry: string, top: string, copy: string): string {
  const held = folderOfPackage(entry, top)
  const copied = held && join(copy, relative(top, held))
  return copied && existsSync(copied) ? copied : realpathSync(entry)
}

/** The entries of a folder of packages, those of a scope each by itself. */
function packageNames(folder: string): string[] {
  return readdirSync(folder).flatMap((name) =>
    name.startsWith('@')
      ? readdirSync(join(folder, name)).map((scoped) => join(name, scoped))
      : [name],
  )
}
