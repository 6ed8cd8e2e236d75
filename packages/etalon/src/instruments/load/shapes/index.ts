import { constantRateShape, type ConstantRate } from './constant-rate.ts'
import { constantUsersShape, type ConstantUsers } from './constant-users.ts'
import { rampingRateShape, type RampingRate } from './ramping-rate.ts'
import { rampingUsersShape, type RampingUsers } from './ramping-users.ts'
import type { Shape } from './shape.ts'
import { spikeShape, type Spike } from './spike.ts'

/** Every shape, as plain data. */
export type AnyShape = ConstantRate | RampingRate | Spike | ConstantUsers | RampingUsers

/** The shape of a specification. */
export function shapeOf(spec: AnyShape): Shape {
  switch (spec.kind) {
    case 'constant-rate':
      return constantRateShape(spec)
    case 'ramping-rate':
      return rampingRateShape(spec)
    case 'spike':
      return spikeShape(spec)
    case 'constant-users':
      return constantUsersShape(spec)
    case 'ramping-users':
      return rampingUsersShape(spec)
  }
}
