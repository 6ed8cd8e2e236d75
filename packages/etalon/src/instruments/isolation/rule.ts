/** Things of one actor by kind: `{ project: '01a1…', document: '01b2…' }`. */
export type Things = Readonly<Record<string, string>>

/** What a request carries beside what names things; texts, or made from things. */
export interface RequestParts {
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Readonly<Record<string, unknown>>
}

/** Who may do an operation to whose things. */
export type Rule =
  | {
      readonly kind: 'owned'
      /** Which kind of thing is named at which place: `id`, `query.cursor`, `body.parent_id`. */
      readonly names: Readonly<Record<string, string>>
      readonly request: RequestParts
    }
  | {
      readonly kind: 'scoped'
      readonly request: RequestParts
      /** Queries that name somebody else's things, which must change nothing. */
      readonly foreign: ((things: Things) => Readonly<Record<string, string>>) | undefined
    }
  | { readonly kind: 'only'; readonly actors: readonly string[]; readonly request: RequestParts }
  | { readonly kind: 'open'; readonly request: RequestParts }

/**
 * The request names things, and only their owner may do it: to anybody else they are as if they
 * did not exist.
 *
 * @param names what kind of thing stands at which place: a placeholder of the path, or
 * `query.NAME`, `body.NAME`
 */
export function owned(names: Readonly<Record<string, string>>, request: RequestParts = {}): Rule {
  return { kind: 'owned', names, request }
}

/**
 * Anybody who is signed in may do it, and meets only what is his own.
 *
 * @param foreign queries that name somebody else's things
 */
export function scoped(
  request: RequestParts = {},
  foreign?: (things: Things) => Readonly<Record<string, string>>,
): Rule {
  return { kind: 'scoped', request, foreign }
}

/** Only these actors may do it; it is about nobody's things. */
export function only(actors: readonly string[], request: RequestParts = {}): Rule {
  return { kind: 'only', actors, request }
}

/** Anybody may do it, also without being signed in, and it shows nothing of anybody. */
export function open(request: RequestParts = {}): Rule {
  return { kind: 'open', request }
}
