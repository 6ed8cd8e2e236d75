import type { Outcome } from './history.ts'

/** It was done, with this result. */
export function ok<Output>(output: Output): Outcome<Output> {
  return { kind: 'ok', output }
}

/** It was certainly not done. */
export function failed(reason: string): Outcome<never> {
  return { kind: 'failed', reason }
}

/** It may have been done. */
export function unknown(reason: string): Outcome<never> {
  return { kind: 'unknown', reason }
}

/**
 * The outcome that an HTTP answer tells: 2xx was done; 4xx was refused before anything was done;
 * anything else leaves it open.
 */
export function outcomeOfResponse<Body>(response: {
  readonly status: number
  readonly body: Body
}): Outcome<Body> {
  const { status } = response
  if (status >= 200 && status < 300) return ok(response.body)
  if (status >= 400 && status < 500) return failed(`status ${status}`)
  return unknown(`status ${status}`)
}
