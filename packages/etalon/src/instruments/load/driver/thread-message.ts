import type { LoadPlan } from '../plan.ts'
import type { BookLayout } from '../recording/book.ts'
import type { ThreadHealth } from './self-watch.ts'

/** What a thread of the driver is started with. */
export interface ThreadTask {
  readonly plan: LoadPlan
  readonly thread: number
  readonly memory: SharedArrayBuffer
  readonly layout: BookLayout
}

/** From the driver to a thread, once all are ready. */
export interface Begin {
  readonly beginUs: number
}

/** From a thread to the driver. */
export type ThreadMessage = 'ready' | { readonly health: ThreadHealth }
