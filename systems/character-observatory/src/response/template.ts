import { drawer } from '../rule/draw.ts'
import type { InteractionType } from '../rule/interaction-type.ts'
import { traits, type Personality, type Trait } from '../rule/personality.ts'
import type { RelationshipType } from '../rule/relationship.ts'
import type { ResponseGenerator, Situation } from './response.ts'

/** How somebody answers who is well, or ill, disposed. */
interface Phrases {
  readonly warm: readonly string[]
  readonly cool: readonly string[]
}

const phrases: Readonly<Record<InteractionType, Phrases>> = {
  greeting: {
    warm: ['Hello {name}, how good to see you!', 'Welcome, {name}. I hoped you would come by.'],
    cool: ['Oh. It is you, {name}.', 'Hello.'],
  },
  chat: {
    warm: ['I like talking about that, {name}.', 'That is fun, tell me more!'],
    cool: ['If you say so, {name}.', 'I have little to say to that.'],
  },
  discussion: {
    warm: [
      'An interesting point, {name}. I think you are right.',
      'Good thought! And what follows?',
    ],
    cool: ['I doubt that, {name}.', 'You miss what matters there.'],
  },
  debate: {
    warm: [
      'A strong argument, {name}, and a fair one.',
      'I respect that, though I see it otherwise.',
    ],
    cool: ['That is wrong, {name}.', 'You repeat yourself.'],
  },
  collaboration: {
    warm: ['Great, {name}, let us do it together.', 'With you I am happy to share the work.'],
    cool: ['I would rather work alone, {name}.', 'Do your part and I do mine.'],
  },
  emotional_support: {
    warm: ['Thank you, {name}. That helps me a lot.', 'You are kind. I feel better already.'],
    cool: ['I do not need pity, {name}.', 'Leave me alone for now.'],
  },
  conflict: {
    warm: ['Let us not fight, {name}. I am sorry.', 'I hear that you are angry. Forgive me.'],
    cool: ['I hate how you treat me, {name}!', 'Enough! You are unfair and you know it.'],
  },
}

/** What the most marked trait adds. */
const additions: Readonly<Record<Trait, string>> = {
  openness: 'I wonder what else is possible.',
  conscientiousness: 'Let us keep it in order.',
  extraversion: 'We should tell the others!',
  agreeableness: 'What matters is that we get along.',
  neuroticism: 'I only worry how it will end.',
}

const warmth: Readonly<Record<RelationshipType, number>> = {
  close_friend: 0.45,
  friend: 0.3,
  acquaintance: 0.1,
  neutral: 0,
  rival: -0.3,
  enemy: -0.6,
}

/** A trait speaks up above this. */
const marked = 0.7

/**
 * Answers from phrases: whether warm or cool depends on the relationship and on how agreeable the
 * one is who answers, the words on the seed and the situation, and the most marked trait adds its own.
 */
export const templateGenerator: ResponseGenerator = {
  respond: (situation) => Promise.resolve({ text: answer(situation), generator: 'template' }),
}

function answer({ type, content, initiator, target, relationship, seed }: Situation): string {
  const draw = drawer(JSON.stringify([seed, type, content, initiator.name, target.name]))
  const disposition = warmth[relationship.type] + target.personality.agreeableness
  const isWarm = draw() < Math.max(0.05, Math.min(0.95, disposition))
  const choices = isWarm ? phrases[type].warm : phrases[type].cool
  const phrase = choices[Math.floor(draw() * choices.length)] as string
  const said = phrase.replace('{name}', initiator.name)
  const trait = mostMarked(target.personality)
  return trait === undefined ? said : `${said} ${additions[trait]}`
}

function mostMarked(personality: Personality): Trait | undefined {
  const [first] = traits
    .filter((trait) => personality[trait] > marked)
    .sort((a, b) => personality[b] - personality[a])
  return first
}
