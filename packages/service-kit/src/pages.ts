import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Pages load, run and call nothing but what comes from this origin. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

const dayMs = 86_400_000
const neverChanges = { maxAge: 365 * dayMs, immutable: true, cacheControl: true }
const askEachTime = { maxAge: 0, cacheControl: true }

/**
 * Serves the pages of a service from its own origin: files by their path, and the one document for
 * every other path that a browser navigates to, since the pages route themselves. Must come after
 * the service's routes are known to have prefixes of their own. Without a build, `/` says how to
 * make one, and the service goes on.
 *
 * @param build folder with `index.html` and `assets/`
 * @param workspace the npm workspace whose script `build` makes it
 */
export async function servePages(
  app: FastifyInstance,
  build: URL,
  workspace: string,
): Promise<void> {
  const directory = fileURLToPath(build)
  await app.register(fastifyStatic, { root: directory, serve: false, logLevel: 'silent' })
  app.get(
    '/*',
    { config: { access: 'public' }, schema: { hide: true } },
    (request: FastifyRequest<{ Params: { '*': string } }>, reply) => {
      const path = request.params['*']
      const isFile = /\.\w+$/.test(path)
      if (path.startsWith('api/') || !(isFile || wantsPage(request))) return reply.callNotFound()
      if (!isFile && !existsSync(join(directory, 'index.html'))) {
        return sayUnbuilt(reply, workspace)
      }
      reply.header('content-security-policy', policy)
      if (!isFile) return reply.sendFile('index.html', askEachTime)
      // The names of these change with their content.
      return reply.sendFile(path, path.startsWith('assets/') ? neverChanges : askEachTime)
    },
  )
}

function wantsPage({ headers, url }: FastifyRequest): boolean {
  return url === '/' || headers.accept?.includes('text/html') === true
}

function sayUnbuilt(reply: FastifyReply, workspace: string): FastifyReply {
  const command = `npm run build -w ${workspace}`
  return reply
    .code(503)
    .type('text/plain; charset=utf-8')
    .send(`The pages have not been built. Build them with: ${command}\nThe API is at /docs.\n`)
}
