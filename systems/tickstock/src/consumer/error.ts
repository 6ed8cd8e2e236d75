import { errorsFrom, type ErrorRegistry } from 'service-kit'

/** What the consumer refuses, and how the caller is told. */
const errors = {
  TICK_SIGN_IN_REFUSED: { status: 401, message: 'E-mail or password is not right' },
  TICK_UNIVERSE_UNKNOWN: { status: 404, message: 'No such universe' },
  TICK_SYMBOL_UNKNOWN: { status: 404, message: 'No such symbol' },
  TICK_SCENARIO_UNKNOWN: { status: 404, message: 'No such scenario' },
  TICK_SYNC_RUN_UNKNOWN: { status: 404, message: 'No such run' },
} as const satisfies ErrorRegistry

/** Raises one of {@link errors}: `throw fail('TICK_UNIVERSE_UNKNOWN')`. */
export const fail = errorsFrom(errors)
