import type { HttpResponse } from 'etalon'

/** What was tried, the status and code that it has to be refused with, and the answer. */
export type Attempt = readonly [what: string, expected: string, answer: PromiseLike<HttpResponse>]

/** The status of an answer, and the code where it is a refusal: `412 JEEX_VERSION_STALE`. */
export function told({ status, body }: HttpResponse): string {
  const code = (body as { error?: { code?: string } } | null)?.error?.code
  return code === undefined ? String(status) : `${status} ${code}`
}

/** The attempts that were answered otherwise than expected. */
export async function wronglyAnswered(attempts: readonly Attempt[]): Promise<unknown[]> {
  const answers = await Promise.all(
    attempts.map(async ([what, expected, answer]) => ({
      what,
      expected,
      found: told(await answer),
    })),
  )
  return answers.filter(({ expected, found }) => found !== expected)
}

/** How often each answer was given, the rarest word for a race: `1 × 200, 19 × 412 …`. */
export function tally(answers: readonly HttpResponse[]): string {
  const byAnswer = Map.groupBy(answers, told)
  return [...byAnswer]
    .map(([answer, { length }]) => `${length} × ${answer}`)
    .sort()
    .join(', ')
}

/** Sends the same thing many times at once. */
export async function atOnce<Answer>(
  times: number,
  send: (index: number) => PromiseLike<Answer>,
): Promise<Answer[]> {
  return Promise.all(Array.from({ length: times }, (_none, index) => send(index)))
}
