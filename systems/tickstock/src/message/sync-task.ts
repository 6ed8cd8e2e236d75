/** The tasks of a synchronization in their order, as its message names them. */
export const taskNames = [
  'market_cap',
  'ipo_assignment',
  'delisting_cleanup',
  'theme_rebalance',
  'etf_maintenance',
] as const

export type TaskName = (typeof taskNames)[number]
