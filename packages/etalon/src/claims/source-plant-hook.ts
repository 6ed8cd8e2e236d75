// Loaded by `--import` into a planted process, before the product: replaces texts in its sources as
// they are loaded, before types are stripped. The product's files are not touched.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { delimiter } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { SourceChange } from './plant.ts'
import { plantVariable, withChanges } from './source-plant.ts'

const plantFiles = process.env[plantVariable]
if (plantFiles === undefined) throw new Error(`expected ${plantVariable}, found nothing`)
const changes = plantFiles
  .split(delimiter)
  .flatMap((file) => JSON.parse(readFileSync(file, 'utf8')) as SourceChange[])
const changesOf = Map.groupBy(changes, ({ file }) => pathToFileURL(file).href)

registerHooks({
  load: (url, context, nextLoad) => {
    const loaded = nextLoad(url, context)
    const planned = changesOf.get(url)
    if (!planned || loaded.source === undefined || loaded.source === null) return loaded
    const source =
      typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source)
    return { ...loaded, source: withChanges(source, planned) }
  },
})
