import { errorsFrom, type ErrorRegistry } from 'service-kit/errors'

/** What finding patterns can fail with. */
const errors = {
  TICK_PATTERN_UNKNOWN: { status: 404, message: 'TA-Lib has no such candlestick function' },
  TICK_PATTERN_BARS_TOO_MANY: {
    status: 422,
    message: 'These are more bars than TA-Lib takes at once',
    hint: 'Look for patterns in a part of them',
  },
  TICK_PATTERN_LIBRARY_UNUSABLE: {
    status: 500,
    message: 'TA-Lib does not answer as it should',
    hint: 'talib-web has to be the version that package.json names',
  },
} as const satisfies ErrorRegistry

/** Raises one of {@link errors}. */
export const failPattern = errorsFrom(errors)
