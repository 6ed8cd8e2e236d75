/**
 * Run by itself: prints which module of the folder `src` names which other, as pairs of paths. What
 * is read is what a process of the system would load, with what a defect plants, which is not on
 * disk. None of the modules is run.
 */
import { globSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const folder = pathToFileURL('src/')
const decoder = new TextDecoder()
const named: (readonly [from: string, to: string])[] = []
const pathOf = (url: URL): string => relative(process.cwd(), fileURLToPath(url))

registerHooks({
  load(url, context, next) {
    const { source } = next(url, context)
    const text = typeof source === 'string' ? source : decoder.decode(source ?? undefined)
    // Any path beside it counts, whether it is imported, loaded later or handed to a worker.
    for (const [, , path = ''] of text.matchAll(/(['"`])(\.\.?\/[^'"`\n]+)\1/g)) {
      named.push([pathOf(new URL(url)), pathOf(new URL(path, url))])
    }
    return { format: 'module', source: '', shortCircuit: true }
  },
})
for (const file of globSync('**/*.ts', { cwd: folder })) await import(new URL(file, folder).href)
process.stdout.write(JSON.stringify(named))
