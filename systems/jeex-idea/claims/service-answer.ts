import type { HttpResponse } from 'etalon'

/** Whether an answer is what was asked for, and not a stale one from memory. */
export function isServed({ status, headers }: HttpResponse): boolean {
  return status < 300 && headers['x-stale'] === undefined
}

/** The code of an error. */
export function codeOf({ body }: HttpResponse): string | undefined {
  return (body as { error?: { code?: string } } | null)?.error?.code
}
