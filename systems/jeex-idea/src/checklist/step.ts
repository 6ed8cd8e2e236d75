import type { Answer, Caller, Question } from './caller.ts'

/** Rejects with `problem` unless what has to be so is so. */
export function must(holds: boolean, problem: string): asserts holds {
  if (!holds) throw new Error(problem)
}

/** A request and the status that it has to be answered with. */
export type Step = readonly [status: number, method: string, path: string, question?: Question]

/** Sends requests in order, and rejects with those that were answered otherwise. */
export async function walk<const Steps extends readonly Step[]>(
  caller: Caller,
  steps: Steps,
): Promise<{ [At in keyof Steps]: Answer }> {
  const answers: Answer[] = []
  const wrong: string[] = []
  for (const [status, method, path, question] of steps) {
    const answer = await caller(method, path, question)
    answers.push(answer)
    if (answer.status !== status) wrong.push(`${method} ${path}: ${answer.status}, not ${status}`)
  }
  must(wrong.length === 0, wrong.join('; '))
  return answers as { [At in keyof Steps]: Answer }
}
