import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

const ownPackage = realpathSync(fileURLToPath(new URL('../../', import.meta.url)))

/**
 * The folder of an installed package, where the repository itself holds it. None for what is only
 * installed, and for Etalon: it measures, and is not measured.
 *
 * @param top folder of the repository, without symbolic links
 */
export function folderOfPackage(installed: string, top: string): string | undefined {
  const real = realpathSync(installed)
  const steps = relative(top, real).split(sep)
  const isHeld = steps[0] !== '..' && !steps.includes('node_modules')
  return isHeld && real !== ownPackage ? real : undefined
}

/**
 * Folders of the repository's own packages that the package in `directory` is made of: those that
 * its `package.json` names, for its build too, and those that these depend on in turn.
 *
 * @param directory without symbolic links, as `top`
 */
export function packagesOf(directory: string, top: string): string[] {
  const found = new Set<string>()
  const visit = (folder: string, fields: readonly string[]): void => {
    for (const name of dependencyNames(folder, fields)) {
      const installed = findInstalled(name, folder, top)
      const held = installed === undefined ? undefined : folderOfPackage(installed, top)
      if (held === undefined || held === directory || found.has(held)) continue
      found.add(held)
      visit(held, ['dependencies', 'optionalDependencies', 'peerDependencies'])
    }
  }
  visit(directory, ['dependencies', 'optionalDependencies', 'peerDependencies', 'devDependencies'])
  return [...found].toSorted()
}

function dependencyNames(folder: string, fields: readonly string[]): string[] {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return []
  const described = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, object>>
  return fields.flatMap((field) => Object.keys(described[field] ?? {}))
}

/** Where a package is found from a folder: the nearest one upwards, as Node.js looks for it. */
function findInstalled(name: string, folder: string, top: string): string | undefined {
  const installed = join(folder, 'node_modules', name)
  if (existsSync(installed)) return installed
  return folder === top ? undefined : findInstalled(name, dirname(folder), top)
}
