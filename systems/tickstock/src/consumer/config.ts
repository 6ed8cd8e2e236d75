import {
  integerVariable,
  ownerEnvironment,
  passwordMin,
  serviceVariables,
} from 'service-kit/config'
import { z } from 'zod'

/** The environment of the consumer. */
export const consumerEnvironment = z.object({
  ...serviceVariables,
  PORT: integerVariable(5311, { min: 0, max: 65_535 }),
  /** Messages that are taken in at once. */
  READ_BATCH: integerVariable(500, { min: 1, max: 10_000 }),
  /** Open pages and programs of one user that are told news. */
  SOCKETS_PER_USER_MAX: integerVariable(8, { min: 1, max: 10_000 }),
})

export type ConsumerEnvironment = z.output<typeof consumerEnvironment>

/** The environment of `create-user`, which the owner of the schema runs. */
export const createUserEnvironment = ownerEnvironment.extend({
  USER_PASSWORD: z.string().min(passwordMin).optional(),
})
