/**
 * Makes the package that other projects install: Node.js erases no types below `node_modules`, so
 * what runs as TypeScript here is JavaScript there.
 *
 *   npm run package [-- FOLDER]     packages/etalon/src ──tsc──▶ dist ──npm pack──▶ FOLDER/etalon-….tgz
 */
import { execFileSync } from 'node:child_process'
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'

const root = join(import.meta.dirname, '..')
const source = join(root, 'packages/etalon')
const built = join(source, 'dist')
const assets = ['bin/*.js', 'src/**/*.{cjs,css}', 'src/report/html/*.js']

interface Manifest {
  readonly exports: Readonly<Record<string, string>>
  readonly devDependencies?: unknown
}

const folder = resolve(process.argv[2] ?? '.')
rmSync(built, { recursive: true, force: true })
compile()
for (const asset of globSync(assets, { cwd: source })) copy(join(source, asset), asset)
copy(join(root, 'LICENSE'), 'LICENSE')
for (const file of globSync(['bin/*.js', 'src/**/*.js'], { cwd: built })) nameCompiled(file)
writeManifest()
mkdirSync(folder, { recursive: true })
process.stdout.write(`${join(relative('', folder), pack())}\n`)

function compile(): void {
  const compiler = join(root, 'node_modules/.bin/tsc')
  execFileSync(compiler, ['--project', join(source, 'tsconfig.package.json')], { stdio: 'inherit' })
}

function copy(from: string, to: string): void {
  mkdirSync(dirname(join(built, to)), { recursive: true })
  cpSync(from, join(built, to))
}

/** Programs, threads and hooks are named by their files, which the compiler does not look into. */
function nameCompiled(file: string): void {
  const text = readFileSync(join(built, file), 'utf8')
  const named = text
    .replaceAll(/(new URL\('[^']+)\.ts(', import\.meta\.url\))/g, '$1.js$2')
    .replaceAll(/(import\('[^']+)\.ts('\))/g, '$1.js$2')
  writeFileSync(join(built, file), named)
}

function writeManifest(): void {
  const text = readFileSync(join(source, 'package.json'), 'utf8')
  const { devDependencies: _ours, ...manifest } = JSON.parse(text) as Manifest
  const exports = Object.fromEntries(
    Object.entries(manifest.exports).map(([name, file]) => [name, file.replace(/\.ts$/, '.js')]),
  )
  const written = JSON.stringify({ ...manifest, exports }, undefined, 2)
  writeFileSync(join(built, 'package.json'), `${written}\n`)
}

function pack(): string {
  const args = ['pack', built, '--pack-destination', folder, '--json']
  const [{ filename }] = JSON.parse(execFileSync('npm', args, { encoding: 'utf8' })) as [
    { filename: string },
  ]
  return filename
}
