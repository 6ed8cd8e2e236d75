import { execFileSync } from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { EtalonError, messageOf } from '../kernel/errors.ts'
import { cacheDirectory } from './directory.ts'

/** A Chrome or Chromium that can be launched. */
export interface BrowserBinary {
  readonly program: string
  /** What it needs in its environment: libraries and fonts that came with it. */
  readonly env: Readonly<Record<string, string>>
  readonly origin: string
}

const programs = ['google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'chrome']
const packaged = '@sparticuz/chromium'

/**
 * Finds a browser: `ETALON_BROWSER`, else an installed Chrome or Chromium, else the one in the npm
 * package, unpacked into the cache once. The package's comes with the system libraries that a bare
 * machine lacks.
 *
 * @throws ETALON_BROWSER_MISSING with what was tried
 */
export function findBrowserBinary(): BrowserBinary {
  const chosen = process.env['ETALON_BROWSER']
  if (chosen) return { program: chosen, env: {}, origin: 'given by ETALON_BROWSER' }
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const program = programs.map((name) => join(folder, name)).find(isExecutable)
    if (program) return { program, env: {}, origin: 'found on PATH' }
  }
  return unpackedBinary()
}

function unpackedBinary(): BrowserBinary {
  try {
    const version = versionOfPackage()
    const root = join(cacheDirectory(), `chromium-${version}`)
    if (!existsSync(root)) unpack(root)
    return {
      program: join(root, 'chromium'),
      env: { LD_LIBRARY_PATH: join(root, 'al2023', 'lib'), FONTCONFIG_PATH: join(root, 'fonts') },
      origin: `unpacked from ${packaged} ${version}`,
    }
  } catch (error) {
    const problem = `none is installed and ${packaged} could not be unpacked (${messageOf(error).split('\n')[0]})`
    throw new EtalonError('ETALON_BROWSER_MISSING', { problem }, { cause: error })
  }
}

/** The package unpacks into the temporary folder; in a process of its own that is ours to choose. */
function unpack(root: string): void {
  const draft = mkdtempSync(`${root}-draft-`)
  const script = `
    import { inflate } from '${packaged}'
    import { dirname, join } from 'node:path'
    const bin = join(dirname(new URL(import.meta.resolve('${packaged}')).pathname), '..', 'bin')
    for (const part of ['chromium.br', 'fonts.tar.br', 'swiftshader.tar.br', 'al2023.tar.br']) {
      await inflate(join(bin, part))
    }`
  try {
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: import.meta.dirname,
      env: { PATH: process.env['PATH'], TMPDIR: draft },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    writeFileSync(join(draft, 'fonts', 'fonts.conf'), fontSettings(root))
    renameSync(draft, root)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    // Another run may have been faster.
    if (!existsSync(root)) throw error
  }
}

/**
 * The package's own settings look for its fonts where its cloud unpacks them. Without a font there
 * is no text, and a page of text never paints.
 */
function fontSettings(root: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(root, 'fonts')}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(root, 'fonts-cache')}</cachedir>
</fontconfig>
`
}

function versionOfPackage(): string {
  const manifest = new URL('../package.json', import.meta.resolve(packaged))
  return (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
