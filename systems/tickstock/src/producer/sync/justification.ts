/** Trading days that are looked back on. */
export const lookBackDays = 30

/** On how many of them an ETF has to fail before it leaves its theme. */
const failedDaysMin = 20

/** On how many it may fail at most to come back: it is traded enough for as long as it was not. */
export const failedDaysToReturn = lookBackDays - failedDaysMin

/** What an ETF did on the trading days that are looked back on. */
export interface LiquidityRecord {
  /** Days with a bar; a day without one tells nothing. */
  readonly days: number
  /** Days on which fewer shares were traded than its theme asks for. */
  readonly failedDays: number
  /** Shares a day. */
  readonly minVolume: number
}

/** Why an ETF has to leave its theme for want of liquidity; nothing when it need not. */
export function illiquidity({ days, failedDays, minVolume }: LiquidityRecord): string | undefined {
  if (failedDays < failedDaysMin) return undefined
  const volume = minVolume.toLocaleString('en-US')
  return `volume below ${volume} on ${failedDays} of its last ${days} trading days`
}

/** Why a stock has to leave the universe of its sector; nothing when it need not. */
export function sectorChange(key: string, sector: string | null): string | undefined {
  if (sector === null || sectorKeyOf(sector) === key) return undefined
  return `its sector is ${sector} now`
}

const sectorPrefix = 'sector_'

/** What the universes of sectors say of themselves. */
export const sectorUniverse = { category: 'SECTOR', metadata: { kind: 'sector' } } as const

export const isSectorKey = (key: string): boolean => key.startsWith(sectorPrefix)

/** The universe of a sector's common stocks: `sector_health_care`. */
export function sectorKeyOf(sector: string): string {
  const name = sector.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
  return `${sectorPrefix}${name.replaceAll(/^_|_$/g, '')}`.slice(0, 80)
}
