import { globSync, readFileSync, rmSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin, type UserConfig } from 'vite'

const scriptPath = '/early-theme.js'
const script = readFileSync(new URL('./early-theme.js', import.meta.url), 'utf8')

/** A strict policy allows no script inside the document, so it is a file of its own. */
function earlyTheme(): Plugin {
  return {
    name: 'early-theme',
    transformIndexHtml: () => [{ tag: 'script', attrs: { src: scriptPath }, injectTo: 'head' }],
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: scriptPath.slice(1), source: script })
    },
    configureServer(server) {
      server.middlewares.use(scriptPath, (_request, response) => {
        response.setHeader('content-type', 'text/javascript').end(script)
      })
    },
  }
}

const assetKeptMs = 3_600_000

/**
 * Removes what earlier builds have left, but not at once: a page that was opened before this build
 * still asks for its parts.
 */
function dropOldAssets(): Plugin {
  return {
    name: 'drop-old-assets',
    writeBundle({ dir = '' }, bundle) {
      for (const file of globSync(join(dir, 'assets/*'))) {
        const isOld = Date.now() - statSync(file).mtimeMs > assetKeptMs
        if (isOld && !(relative(dir, file) in bundle)) rmSync(file)
      }
    },
  }
}

/**
 * How the pages of a system are built.
 *
 * @param outDir folder of the build, relative to the folder of the pages
 * @param service where the system's API listens while its pages are worked on
 */
export function pagesConfig(outDir: string, service = 'http://127.0.0.1:8080'): UserConfig {
  return defineConfig({
    plugins: [react(), earlyTheme(), dropOldAssets()],
    build: {
      outDir,
      emptyOutDir: false,
      // `light-dark()` in the tokens is of 2024.
      target: ['chrome123', 'firefox120', 'safari17.5'],
      modulePreload: { polyfill: false },
      assetsInlineLimit: 0,
    },
    server: { proxy: { '/api': service } },
  })
}
