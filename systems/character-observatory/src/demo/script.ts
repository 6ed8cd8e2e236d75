import type { InteractionType } from '../rule/interaction-type.ts'

/** What two do when they meet, and what the first says. */
export type Meeting = readonly [type: InteractionType, content: string]

/** Between those who get on. */
export const warm: readonly Meeting[] = [
  ['greeting', 'Good morning! I am happy to see you.'],
  ['chat', 'I found a wonderful place for a walk.'],
  ['collaboration', 'I love how well we work together.'],
  ['emotional_support', 'I am here for you, my dear friend. You are great.'],
  ['discussion', 'I admire how you see this. Let us find a good way.'],
  ['collaboration', 'Thank you, that was brilliant. Shall we go on?'],
]

/** Between those who do not. */
export const cold: readonly Meeting[] = [
  ['conflict', 'I am angry, you broke your promise again!'],
  ['debate', 'You are wrong, and you know it.'],
  ['conflict', 'You lied to me. I hate that.'],
  ['discussion', 'This is a terrible idea and a waste of time.'],
]

/** Between those who hardly know each other. */
export const mild: readonly Meeting[] = [
  ['greeting', 'Hello there.'],
  ['chat', 'They say the wind turns tonight.'],
  ['debate', 'I would rather have it the old way.'],
  ['chat', 'Did you hear what happened on the quay?'],
  ['discussion', 'What do you think of the new timetable?'],
]
