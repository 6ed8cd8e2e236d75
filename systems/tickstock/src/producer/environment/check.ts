/** One thing that has to be there before anything is tested, and what was found of it. */
export interface EnvironmentCheck {
  readonly name: string
  readonly ok: boolean
  readonly found: string
  /** What to do, when it is not there. */
  readonly advice?: string
}

/** What was found by asking, or why asking failed. */
export type Answer<Found> = { readonly found: Found } | { readonly problem: string }

/** Asks; what is thrown is the answer too. */
export async function ask<Found>(question: () => Promise<Found>): Promise<Answer<Found>> {
  try {
    return { found: await question() }
  } catch (error) {
    const text = error instanceof Error ? error.message || error.name : String(error)
    return { problem: error instanceof AggregateError ? firstOf(error) : text }
  }
}

/** Judges an answer; where asking failed, that is what was found. */
export function check<Found>(
  name: string,
  answer: Answer<Found>,
  judge: (found: Found) => { readonly ok: boolean; readonly found: string },
  advice: string,
): EnvironmentCheck {
  const judged = 'problem' in answer ? { ok: false, found: answer.problem } : judge(answer.found)
  return { name, ...judged, ...(judged.ok ? {} : { advice }) }
}

function firstOf({ errors }: AggregateError): string {
  const [first] = errors as readonly unknown[]
  return first instanceof Error ? first.message : String(first)
}
