import { ratesOf, type InteractionType } from './interaction-type.ts'

/** Energy is counted in thousandths, so that no sum of costs drifts. */
export const energyMax = 1_000

/** Below this nobody begins or answers anything. */
const energyMin = 100

const hourMs = 3_600_000
const recoveryPerHour = 100
const restGain = 250
/** How long after a rest the next one may be. */
export const restEveryMs = hourMs

/** The energy of a character as it is stored. */
export interface StoredEnergy {
  /** Thousandths, at `updatedAtMs`. */
  readonly energy: number
  readonly updatedAtMs: number
  /** Extraversion, 0 to 1: it makes energy come back at 0.8 to 1.2 of the usual speed. */
  readonly extraversion: number
  /** The ecosystem's own factor; 1 is usual. */
  readonly regeneration: number
}

/** Energy now, in whole thousandths: what is stored and what has come back since (CHAR-ENG-07). */
export function energyAt(stored: StoredEnergy, nowMs: number): number {
  const elapsedMs = Math.max(0, nowMs - stored.updatedAtMs)
  const gained = Math.floor((elapsedMs * perHour(stored)) / hourMs)
  return Math.min(energyMax, stored.energy + gained)
}

/**
 * The moment up to which the energy that {@link energyAt} gives has been counted. It is before now
 * by what is not a whole thousandth yet, so that reading often loses nothing.
 */
export function countedUntilMs(stored: StoredEnergy, nowMs: number): number {
  const speed = perHour(stored)
  if (speed === 0) return nowMs
  const elapsedMs = Math.max(0, nowMs - stored.updatedAtMs)
  const gained = Math.floor((elapsedMs * speed) / hourMs)
  if (stored.energy + gained >= energyMax) return nowMs
  return stored.updatedAtMs + Math.floor((gained * hourMs) / speed)
}

/** What an interaction costs who begins it, and who answers: four fifths of it (CHAR-ENG-03, -04). */
export function costsOf(type: InteractionType): {
  readonly initiator: number
  readonly target: number
} {
  const { cost } = ratesOf[type]
  return { initiator: cost, target: (cost * 4) / 5 }
}

/** Whether this energy is enough for this cost (CHAR-ENG-05). */
export function canPay(energy: number, cost: number): boolean {
  return energy >= energyMin && energy >= cost
}

/** How long until a character can pay, in milliseconds; `undefined` when it never can by itself. */
export function waitMs(stored: StoredEnergy, cost: number, nowMs: number): number | undefined {
  const missing = Math.max(energyMin, cost) - energyAt(stored, nowMs)
  if (missing <= 0) return 0
  const speed = perHour(stored)
  if (speed === 0) return undefined
  return Math.ceil((missing * hourMs) / speed)
}

/** Energy after a rest. */
export function rested(energy: number): number {
  return Math.min(energyMax, energy + restGain)
}

/** Thousandths that come back in an hour. */
function perHour({ extraversion, regeneration }: StoredEnergy): number {
  return Math.round(recoveryPerHour * (0.8 + 0.4 * extraversion) * regeneration)
}
