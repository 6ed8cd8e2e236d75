import type { InteractionType } from './interaction-type.ts'
import type { Personality } from './personality.ts'

export const emotionNames = ['joy', 'sadness', 'anger', 'fear', 'surprise', 'disgust'] as const

export type EmotionName = (typeof emotionNames)[number]

/** Shares of the six basic emotions; together 1. */
export type Emotions = Readonly<Record<EmotionName, number>>

/** A trait counts as marked above this. */
const marked = 0.6

/** A little of everything, so that nobody feels one thing only. */
const ground = 0.02

/**
 * What a character feels after an interaction (CHAR-INT-06): its sentiment gives joy, or anger and
 * sadness; a conflict adds fear and disgust; neuroticism amplifies what is unpleasant, extraversion
 * joy, and agreeableness dampens anger.
 */
export function emotionsAfter(
  type: InteractionType,
  sentiment: number,
  personality: Personality,
): Emotions {
  const pleasant = Math.max(0, sentiment)
  const unpleasant = Math.max(0, -sentiment)
  const isConflict = type === 'conflict'
  const darkened = personality.neuroticism > marked ? 1 + personality.neuroticism : 1
  const raw: Emotions = {
    joy: ground + pleasant * (personality.extraversion > marked ? 1.5 : 1),
    sadness: ground + unpleasant * 0.5 * darkened,
    anger:
      ground +
      unpleasant *
        (isConflict ? 1 : 0.5) *
        darkened *
        (personality.agreeableness > marked ? 0.5 : 1),
    fear: ground + unpleasant * (isConflict ? 0.4 : 0.1) * darkened,
    surprise: ground + (1 - Math.abs(sentiment)) * 0.2,
    disgust: ground + unpleasant * (isConflict ? 0.3 : 0.05) * darkened,
  }
  const sum = emotionNames.reduce((total, name) => total + raw[name], 0)
  return Object.fromEntries(
    emotionNames.map((name) => [name, Math.round((raw[name] / sum) * 10_000) / 10_000]),
  ) as Emotions
}
