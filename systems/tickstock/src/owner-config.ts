import { serviceVariables } from 'service-kit/config'
import { z } from 'zod'

/** The environment of the commands that the owner of the schema gives. */
export const ownerEnvironment = z.object({ MIGRATE_DATABASE_URL: serviceVariables.DATABASE_URL })
