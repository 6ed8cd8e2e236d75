import { existsSync, globSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { EtalonError, messageOf } from '../kernel/errors.ts'
import './author-module.ts'
import type { ConfiguredSystem, SystemConfig } from './system-config.ts'

const command = z.object({
  command: z.array(z.string()).min(1),
  env: z.custom((value) => value === undefined || typeof value === 'function').optional(),
})

const userName = z.string().regex(/^(?!default$)[a-z][a-z0-9_-]*$/, 'expected the name of a user')
/** Rules about who may sign in are Etalon's: it draws the passwords. */
const userRules = z
  .string()
  .refine((rules) => !/(^|\s)([><#!]|on\b|off\b|reset|nopass)/.test(rules), {
    message: 'expected rules about commands, keys and channels only',
  })

const shape = z.looseObject({
  name: z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected a kebab-case name'),
  title: z.string().min(1),
  processes: z.record(
    z.string(),
    z.looseObject({ ...command.shape, ready: z.union([z.literal('listening'), z.string()]) }),
  ),
  postgres: z
    .looseObject({
      roles: z.record(z.string(), z.array(z.string())),
      template: z.array(z.looseObject(command.shape)),
    })
    .optional(),
  redis: z
    .union([z.boolean(), z.strictObject({ users: z.record(userName, userRules) })])
    .optional(),
  build: z.looseObject({ command: command.shape.command }).optional(),
  requirements: z.string().optional(),
  claims: z.string().optional(),
  defects: z.string().optional(),
})

/**
 * Finds the systems below a folder: its own `etalon.config.ts`, or those in `systems/*`.
 *
 * @param names only these; all when empty
 * @throws ETALON_CONFIG_MISSING, ETALON_CONFIG_INVALID, ETALON_CONFIG_UNKNOWN_SYSTEM
 */
export async function loadSystems(
  directory: string,
  names: readonly string[] = [],
): Promise<ConfiguredSystem[]> {
  const files = findConfigFiles(directory)
  if (files.length === 0) throw new EtalonError('ETALON_CONFIG_MISSING', { directory })
  const systems = await Promise.all(files.map(loadSystem))
  refuseNamesakes(systems)
  const known = systems.map(({ config }) => config.name)
  for (const name of names) {
    if (known.includes(name)) continue
    throw new EtalonError('ETALON_CONFIG_UNKNOWN_SYSTEM', { name, known: known.join(', ') })
  }
  return names.length === 0 ? systems : systems.filter(({ config }) => names.includes(config.name))
}

function refuseNamesakes(systems: readonly ConfiguredSystem[]): void {
  const files = new Map<string, string>()
  for (const { config, configFile: file } of systems) {
    const other = files.get(config.name)
    if (other === undefined) files.set(config.name, file)
    else {
      const problem = `its name, ${config.name}, is also that of ${other}`
      throw new EtalonError('ETALON_CONFIG_INVALID', { file, problem })
    }
  }
}

/** Loads one configuration. @throws ETALON_CONFIG_INVALID */
export async function loadSystem(configFile: string): Promise<ConfiguredSystem> {
  const config = await importConfig(configFile)
  const directory = dirname(configFile)
  const folder = (name: string, pattern: string): string[] =>
    globSync(join(name, pattern), { cwd: directory })
      .map((file) => join(directory, file))
      .sort()
  return {
    config,
    configFile,
    definition: { ...config, directory },
    requirementsFile: join(directory, config.requirements ?? 'requirements.md'),
    claimFiles: folder(config.claims ?? 'claims', '**/*.claim.ts'),
    defectFiles: folder(config.defects ?? 'defects', '**/*.defect.ts'),
  }
}

function findConfigFiles(directory: string): string[] {
  const own = resolve(directory, 'etalon.config.ts')
  if (existsSync(own)) return [own]
  return globSync('systems/*/etalon.config.ts', { cwd: directory })
    .map((file) => resolve(directory, file))
    .sort()
}

async function importConfig(file: string): Promise<SystemConfig> {
  const invalid = (problem: string, cause?: unknown): EtalonError =>
    new EtalonError('ETALON_CONFIG_INVALID', { file, problem }, { cause })
  let exported: unknown
  try {
    exported = ((await import(pathToFileURL(file).href)) as { default?: unknown }).default
  } catch (error) {
    throw invalid(messageOf(error), error)
  }
  const checked = shape.safeParse(exported)
  if (checked.success) return exported as SystemConfig
  const [issue] = checked.error.issues
  throw invalid(`${issue?.path.join('.') || 'its default export'}: ${issue?.message}`)
}
