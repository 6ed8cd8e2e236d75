/**
 * Where the facts of a message stand in its JSON, as names of fields with dots between them:
 * `event.seq`.
 */
export interface Reading {
  /** A whole number; a message without one is none of those that are counted. */
  readonly sequence: string
  /** What the sequence counts in; one common count unless given. */
  readonly key?: string
  /** When it was sent: milliseconds since 1970, or a moment in ISO 8601. */
  readonly sentAt?: string
  /**
   * In a message that is not counted: the sequence after which the client begins to hear. It is
   * where one comes back to who was cut off before it had heard anything.
   */
  readonly position?: string
}

/** What was read of a message. */
export interface ReadMessage {
  readonly key: string
  readonly sequence: number | undefined
  readonly sentAtMs: number | undefined
  readonly position: number | undefined
  /** The text in its field `type`. */
  readonly type: string
}

/** Makes the reader of a reading; it gives nothing for what is no JSON. */
export function readerOf(reading: Reading): (text: string) => ReadMessage | undefined {
  const sequence = fieldAt(reading.sequence)
  const key = fieldAt(reading.key)
  const sentAt = fieldAt(reading.sentAt)
  const position = fieldAt(reading.position)
  return (text) => {
    let body: unknown
    try {
      body = JSON.parse(text)
    } catch {
      return undefined
    }
    const type = typeField(body)
    return {
      key: textOf(key(body)),
      sequence: wholeNumber(sequence(body)),
      sentAtMs: momentOf(sentAt(body)),
      position: wholeNumber(position(body)),
      type: typeof type === 'string' ? type : '',
    }
  }
}

type Field = (body: unknown) => unknown

function fieldAt(path: string | undefined): Field {
  if (path === undefined) return () => undefined
  const names = path.split('.')
  return (body) => {
    let at: unknown = body
    for (const name of names) {
      if (typeof at !== 'object' || at === null) return undefined
      at = (at as Readonly<Record<string, unknown>>)[name]
    }
    return at
  }
}

const typeField = fieldAt('type')

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function wholeNumber(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : undefined
}

function momentOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value
  const moment = typeof value === 'string' ? Date.parse(value) : Number.NaN
  return Number.isNaN(moment) ? undefined : moment
}
