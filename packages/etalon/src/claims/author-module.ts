// What authors write (configurations, claims, defects and what these import) are ES modules, whatever
// the package they lie in says of the system's own files: `npm init` writes `"type": "commonjs"`, and
// there Node.js would refuse every `import` of them.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

registerHooks({
  load: (url, context, nextLoad) =>
    context.format === 'commonjs-typescript' && isModule(fileURLToPath(url))
      ? nextLoad(url, { ...context, format: 'module-typescript' })
      : nextLoad(url, context),
})

/** As Node.js tells by itself where the package says nothing: by its imports and exports. */
function isModule(file: string): boolean {
  return /^(import|export)\b/m.test(readFileSync(file, 'utf8'))
}
