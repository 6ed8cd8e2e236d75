import { checkLinearizable, claim, outcomeOfResponse, type Model, type Outcome } from 'etalon'
import { setScene, type Character } from '../scene.ts'

const operations = 500

/** What is done to a character. */
interface Deed {
  readonly character: Pick<Character, 'id'>
  readonly isWrite: boolean
  /** Which of the servers is asked. */
  readonly server: number
}

/** A character's version: each write counts it on by one, and a read gives it. */
const version: Model<number, Deed, number> = {
  initial: 1,
  step(state, { isWrite }, output) {
    if (!isWrite) return output === undefined || output === state ? state : undefined
    // A write answers with what is read after it, which others may have written.
    return output === undefined || output > state ? state + 1 : undefined
  },
  nameOf: String,
}

claim('CHAR-CACHE-03', { timeoutMs: 180_000 }, async ({ system, histories, prove }) => {
  const { owner, characters } = await setScene(system, { characters: 4 })
  const further = await system.revision()
  const servers = [owner, await further.actor('owner')]
  const history = await histories.concurrently<Deed, number>(
    {
      actors: 8,
      operations,
      input: (_index, random) => ({
        character: random.pick(characters),
        isWrite: random.integer(1, 5) === 1,
        server: random.integer(0, 1),
      }),
    },
    async ({ character, isWrite, server }) => {
      const asked = servers[server] ?? owner
      const path = `/api/v1/characters/${character.id}`
      const answer = isWrite
        ? await asked.patch<Versioned>(path, { current_context: 'Looks around' })
        : await asked.get<Versioned>(path)
      const outcome: Outcome<Versioned> = outcomeOfResponse(answer)
      return outcome.kind === 'ok' ? { kind: 'ok', output: outcome.output.version } : outcome
    },
  )
  const results = checkLinearizable(history.operations, {
    model: version,
    keyOf: ({ character }) => character.id,
  })
  prove('operations that were answered', history.ok.length).equals(operations)
  prove('characters that were judged', results.length).equals(characters.length)
  const astray = results.filter(({ verdict }) => verdict !== 'linearizable')
  prove('characters that were seen older than they were', astray).isEmpty()
  const { body } = await system.anonymous.get<string>('/metrics')
  const hits = /^observatory_cache_reads_total\{kind="character",from="cache"\} (\d+)$/m.exec(body)
  prove('reads of characters that the cache answered', Number(hits?.[1] ?? 0)).isAtLeast(50)
})

interface Versioned {
  readonly version: number
}
