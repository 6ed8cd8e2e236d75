import type { InteractionType } from '../rule/interaction-type.ts'
import type { Personality } from '../rule/personality.ts'
import type { Relationship } from '../rule/relationship.ts'

/** What an answer depends on. */
export interface Situation {
  readonly type: InteractionType
  readonly content: string
  readonly initiator: Speaker
  /** Who answers. */
  readonly target: Speaker
  readonly relationship: Relationship
  /** What the one who answers remembers of this, the most fitting first. */
  readonly memories: readonly string[]
  /** The same seed and situation give the same answer. */
  readonly seed: string
}

export interface Speaker {
  readonly name: string
  readonly personality: Personality
}

/** Where answers come from: templates, or a language model. Called outside of any transaction. */
export interface ResponseGenerator {
  respond(situation: Situation): Promise<Reply>
}

/** An answer, and where it came from. */
export interface Reply {
  readonly text: string
  readonly generator: string
}
