import type { InteractionType } from '../api.ts'

/** What somebody might say to begin with. */
export const suggestions: Readonly<Record<InteractionType, readonly string[]>> = {
  greeting: ['Good morning! It is lovely to see you.', 'Oh, you are here too.'],
  chat: ['I found a wonderful little café.', 'The weather is awful again.'],
  discussion: [
    'I think we could learn a lot from the old maps.',
    'This plan worries me. What do you think?',
  ],
  debate: ['Your idea is good, but mine is better.', 'You are wrong about this.'],
  collaboration: ['Shall we build it together? I would love that.', 'I need your help with this.'],
  emotional_support: ['I am here for you, my friend.', 'You look sad. May I help?'],
  conflict: ['I am angry: you broke your promise!', 'I am sorry that we fight. Can we stop?'],
}
