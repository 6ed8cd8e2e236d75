import { errorsFrom, type ErrorRegistry } from 'service-kit/errors'

/** What making or keeping a scenario can fail with. */
const errors = {
  TICK_SCENARIO_UNKNOWN: {
    status: 404,
    message: 'No such scenario',
    hint: '`tickstock scenario list` shows their names',
  },
  TICK_SCENARIO_SEED_INVALID: {
    status: 422,
    message: 'The seed is no whole number from 0 to 2147483647',
  },
  TICK_SCENARIO_OUTCOME_MISSED: {
    status: 500,
    message: 'The generated bars do not have the outcomes that the scenario declares',
    hint: 'See details for what was declared and what was measured; another seed may do',
  },
  TICK_SCENARIO_BAR_INVALID: {
    status: 500,
    message: 'A generated bar is none that a market could print',
  },
  TICK_SCENARIO_SUFFIX_INVALID: {
    status: 422,
    message: 'A suffix is 1 to 12 capital letters, digits and underscores',
  },
  TICK_SCENARIO_DAY_UNKNOWN: {
    status: 404,
    message: 'The scenario has no bar on this day',
    hint: 'Only trading days of the scenario have minutes',
  },
  TICK_SCENARIO_NOT_LOADED: {
    status: 404,
    message: 'No scenario is loaded under this symbol',
    hint: '`tickstock scenario load NAME` loads one',
  },
} as const satisfies ErrorRegistry

/** Raises one of {@link errors}. */
export const failScenario = errorsFrom(errors)
