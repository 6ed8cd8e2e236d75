import { requirePositive, type OpenShape, type ShapeSpec } from './shape.ts'

export interface Spike extends ShapeSpec {
  readonly kind: 'spike'
  readonly baseHz: number
  readonly peakHz: number
  readonly fromMs: number
  readonly forMs: number
}

/** Starts arrive at a base rate, at a peak rate for a while, and at the base rate again. */
export function spike(options: Omit<Spike, 'kind'>): Spike {
  requirePositive('spike baseHz', options.baseHz)
  requirePositive('spike peakHz', options.peakHz)
  requirePositive('spike fromMs', options.fromMs)
  requirePositive('spike forMs', options.forMs)
  return { kind: 'spike', ...options }
}

export function spikeShape({ baseHz, peakHz, fromMs, forMs }: Spike): OpenShape {
  const before = (baseHz * fromMs) / 1_000
  const within = (peakHz * forMs) / 1_000
  return {
    model: 'open',
    initialRateHz: baseHz,
    dueAtMs: (start) => {
      if (start < before) return (start * 1_000) / baseHz
      if (start < before + within) return fromMs + ((start - before) * 1_000) / peakHz
      return fromMs + forMs + ((start - before - within) * 1_000) / baseHz
    },
  }
}
