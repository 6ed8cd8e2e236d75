import { requirePositive, type OpenShape, type ShapeSpec } from './shape.ts'

export interface ConstantRate extends ShapeSpec {
  readonly kind: 'constant-rate'
  readonly rateHz: number
}

/** Starts arrive at a constant rate. */
export function constantRate(rateHz: number): ConstantRate {
  return { kind: 'constant-rate', rateHz: requirePositive('constantRate', rateHz) }
}

export function constantRateShape({ rateHz }: ConstantRate): OpenShape {
  return {
    model: 'open',
    initialRateHz: rateHz,
    dueAtMs: (start) => (start * 1_000) / rateHz,
  }
}
