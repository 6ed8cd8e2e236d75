import { statement } from 'service-kit'

/** Makes both summaries new; who reads them meanwhile gets the former ones. */
export const refreshSummaries = statement<never, []>(
  'summaries-refresh',
  'select refresh_summaries()',
)
