// What authors write (configurations, claims, defects and what these import) are ES modules, whatever
// the package they lie in says of the system's own files: `npm init` writes `"type": "commonjs"`, and
// there Node.js would refuse every `import` of them, and warns where the package says nothing.
import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'

registerHooks({
  load: (url, context, nextLoad) =>
    isUndecided(url, context.format) && isModule(fileURLToPath(url))
      ? nextLoad(url, { ...context, format: 'module-typescript' })
      : nextLoad(url, context),
})

/** Whether only the package says what this TypeScript is, or nobody does. */
function isUndecided(url: string, format: string | null | undefined): boolean {
  return (
    format === 'commonjs-typescript' || (!format && url.startsWith('file:') && url.endsWith('.ts'))
  )
}

/** As Node.js tells by itself where the package says nothing: by its imports and exports. */
function isModule(file: string): boolean {
  return /^(import|export)\b/m.test(readFileSync(file, 'utf8'))
}
