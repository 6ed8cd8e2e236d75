import { createHash } from 'node:crypto'
import { z } from 'zod'
import { traits } from '../rule/personality.ts'
import type { Reply, ResponseGenerator, Situation } from './response.ts'

/** Where a language model answers, by the interface that OpenAI made usual. */
export interface LanguageModelOptions {
  /** Up to `/v1`, without `/chat/completions`. */
  readonly url: string
  readonly model: string
  readonly key?: string | undefined
  readonly timeoutMs: number
  /** Answers when the model does not. */
  readonly fallback: ResponseGenerator
  readonly onFailure: (error: unknown) => void
}

/** As long as a message may be. */
const lengthMax = 2_000

const completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().trim().min(1) }) })).min(1),
})

/**
 * Answers by a language model. It is given the seed and no temperature, so that a model that keeps
 * to both repeats itself; whatever goes wrong, the fallback answers.
 */
export function languageModel(options: LanguageModelOptions): ResponseGenerator {
  return {
    async respond(situation) {
      try {
        return await ask(options, situation)
      } catch (error) {
        options.onFailure(error)
        return options.fallback.respond(situation)
      }
    },
  }
}

async function ask(
  { url, model, key, timeoutMs }: LanguageModelOptions,
  situation: Situation,
): Promise<Reply> {
  const answer = await fetch(`${url.replace(/\/$/, '')}/chat/completions`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({
      model,
      temperature: 0,
      seed: numberOf(situation.seed),
      max_tokens: 120,
      messages: [
        { role: 'system', content: describe(situation) },
        { role: 'user', content: situation.content },
      ],
    }),
    signal: AbortSignal.timeout(timeoutMs),
  })
  if (!answer.ok) throw new Error(`The language model answers ${answer.status}`)
  const { choices } = completion.parse(await answer.json())
  const text = choices[0]?.message.content ?? ''
  return { text: text.slice(0, lengthMax), generator: `language model ${model}` }
}

/** Who is to answer, and what of; written for the model. */
function describe({ type, initiator, target, relationship, memories }: Situation): string {
  const personality = traits.map((trait) => `${trait} ${target.personality[trait]}`).join(', ')
  return [
    `You are ${target.name}. Your traits, from 0 to 1: ${personality}.`,
    `${initiator.name} speaks to you: ${type.replace('_', ' ')}.`,
    `To you ${initiator.name} is: ${relationship.type.replace('_', ' ')}.`,
    ...memories.map((memory) => `You remember: ${memory}`),
    'Answer in one or two sentences, as yourself, without quotation marks.',
  ].join('\n')
}

/** The whole number that a model takes for a seed. */
function numberOf(seed: string): number {
  return createHash('sha256').update(seed).digest().readUInt32BE(0) >>> 1
}
