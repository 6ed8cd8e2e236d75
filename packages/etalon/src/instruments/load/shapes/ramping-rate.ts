import { requirePositive, type OpenShape, type ShapeSpec } from './shape.ts'

export interface RampingRate extends ShapeSpec {
  readonly kind: 'ramping-rate'
  readonly fromHz: number
  readonly toHz: number
  readonly overMs: number
}

/** Starts arrive at a rate that goes evenly from one to another, and then stays. */
export function rampingRate(fromHz: number, toHz: number, overMs: number): RampingRate {
  return {
    kind: 'ramping-rate',
    fromHz: requirePositive('rampingRate from', fromHz),
    toHz: requirePositive('rampingRate to', toHz),
    overMs: requirePositive('rampingRate over', overMs),
  }
}

/**
 * After t seconds of a ramp from a to b over T there have been at + (b - a)t²/2T starts; a start is
 * due when that reaches its number.
 */
export function rampingRateShape({ fromHz, toHz, overMs }: RampingRate): OpenShape {
  const overS = overMs / 1_000
  const startsOfRamp = ((fromHz + toHz) / 2) * overS
  const slope = (toHz - fromHz) / overS
  return {
    model: 'open',
    initialRateHz: fromHz,
    dueAtMs: (start) => {
      if (start >= startsOfRamp) return overMs + ((start - startsOfRamp) * 1_000) / toHz
      // The form of the root that also holds for a slope of zero.
      return (2_000 * start) / (fromHz + Math.sqrt(fromHz * fromHz + 2 * slope * start))
    },
  }
}
