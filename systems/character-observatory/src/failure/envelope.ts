import { randomUUID } from 'node:crypto'

/** What is told of a request that failed. */
export interface Failure {
  readonly error: unknown
  readonly requestId: string
  readonly method: string
  /** The pattern of the path, which names nobody. */
  readonly route: string
  readonly status: number
}

/** Where envelopes go, and by which key. */
export interface Receiver {
  readonly url: string
  readonly key: string
}

/** The receiver that a DSN names: `https://KEY@HOST/PROJECT`; nothing for what is no DSN. */
export function receiverOf(dsn: string): Receiver | undefined {
  const { protocol, host, username: key, pathname } = new URL(dsn)
  const [, prefix = '', project] = /^(.*)\/(\d+)$/.exec(pathname) ?? []
  if (key === '' || project === undefined) return undefined
  return { url: `${protocol}//${host}${prefix}/api/${project}/envelope/`, key }
}

/**
 * A failure as an envelope with one event
 * (https://develop.sentry.dev/sdk/data-model/envelopes/). It says where something failed and in
 * which request, and nothing of who sent what: the words of an error may repeat it, and are left to
 * the log.
 */
export function envelopeOf(failure: Failure, release: string, at: Date): string {
  const { error, requestId: request_id, method, route, status } = failure
  const event_id = randomUUID().replaceAll('-', '')
  const event = {
    event_id,
    timestamp: at.getTime() / 1_000,
    platform: 'node',
    level: 'error',
    release,
    transaction: `${method} ${route}`,
    tags: { request_id, status: String(status) },
    exception: {
      values: [
        {
          type: error instanceof Error ? error.name : typeof error,
          value: codeOf(error),
          stacktrace: { frames: framesOf(error) },
        },
      ],
    },
  }
  const head = { event_id, sent_at: at.toISOString() }
  return [head, { type: 'event' }, event].map((line) => JSON.stringify(line)).join('\n')
}

function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && /^\w+$/.test(code) ? code : 'without a code'
}

/** The calls that led to an error, the outermost first; without its words. */
function framesOf(error: unknown): object[] {
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  const frames = [...stack.matchAll(/^ +at (?:(?:async )?(\S+) \()?(.+?):(\d+):(\d+)\)?$/gm)]
  return frames.reverse().map(([, name = '', file = '', line, column]) => ({
    function: name,
    filename: file.replace(/^.*?\/(?=node_modules\/|packages\/|systems\/|src\/)/, ''),
    lineno: Number(line),
    colno: Number(column),
  }))
}
