import type { Random } from '../../../kernel/random.ts'

/**
 * How long a user thinks between an answer and his next request. `exponential` draws from the
 * exponential law, so that most pauses are short and a few long, as people's are.
 */
export type ThinkTime =
  | { readonly law: 'none' }
  | { readonly law: 'constant'; readonly thinkMs: number }
  | { readonly law: 'uniform'; readonly thinkMsMin: number; readonly thinkMsMax: number }
  | { readonly law: 'exponential'; readonly thinkMsMean: number }

/** Draws a think time in milliseconds. */
export function drawThinkMs(think: ThinkTime, random: Random): number {
  switch (think.law) {
    case 'none':
      return 0
    case 'constant':
      return think.thinkMs
    case 'uniform':
      return think.thinkMsMin + random.fraction() * (think.thinkMsMax - think.thinkMsMin)
    case 'exponential':
      return -Math.log(1 - random.fraction()) * think.thinkMsMean
  }
}
