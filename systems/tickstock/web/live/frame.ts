import type { Positions } from './connection.ts'
import type { Notice } from './notice.ts'

/** What the service sends on the socket; other frames say nothing that the page needs. */
export type Frame =
  | { readonly type: 'notice'; readonly notice: Notice }
  | { readonly type: 'live'; readonly positions: Positions }
  | { readonly type: 'resync' }
  | { readonly type: 'hello' | 'alive' }

/** What the page says once the socket is open: what it has, so that only the rest is sent. */
export function resumeFrame(positions: Positions): string {
  return JSON.stringify({ resume: positions })
}
