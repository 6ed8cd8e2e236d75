import { statement } from 'service-kit'

export const forgetIdempotencyKeys = statement<{ gone: number }, [Date]>(
  'idempotency-forget',
  'select forget_idempotency_keys($1) as gone',
)
