import type { Doubt } from '../../../kernel/doubt.ts'
import {
  distributionOf,
  quantileRank,
  valueAtRank,
} from '../../../kernel/statistics/distribution.ts'
import { formatQuantity } from '../../../kernel/units.ts'
import type { DriverReport } from '../driver/driver-message.ts'
import { countsOf } from '../histogram/sparse.ts'

// What the driver may add to a latency before it is told, and before the figure is nobody's.
const latenessMsTold = 1
const latenessMsMax = 10
const loopDelayMsTold = 5
const loopDelayMsMax = 25
const cpuShareMax = 0.9

/** How late the driver was to send what was due: the 0.99-quantile in milliseconds. */
export function latenessMsOf({ lateness }: Pick<DriverReport, 'lateness'>): number {
  const distribution = distributionOf(countsOf(lateness))
  if (distribution.total === 0) return 0
  return valueAtRank(distribution, quantileRank(distribution.total, 0.99))
}

/**
 * What the driver's own state says against its figures. A driver that was late, or had no
 * processor, measured itself.
 *
 * @param model an open shape keeps the threads looking for what is due, so that their share of a
 *   processor says nothing; a closed one is never late, so that its lateness says nothing
 */
export function driverDoubts(report: DriverReport, model: 'open' | 'closed'): Doubt[] {
  const doubts: Doubt[] = []
  const tell = (grave: boolean, message: string): void => {
    doubts.push({ kind: grave ? 'overloaded-driver' : 'late-driver', message })
  }
  const latenessMs = latenessMsOf(report)
  if (model === 'open' && latenessMs > latenessMsTold) {
    const late = formatQuantity(latenessMs, 'ms')
    tell(
      latenessMs > latenessMsMax,
      `the driver sent 1 % of the requests ${late} late or later: measure on a quieter machine, at a lower rate or with more threads`,
    )
  }
  const delayMs = Math.max(0, ...report.threads.map(({ loopDelayMsP99 }) => loopDelayMsP99))
  if (model === 'closed' && delayMs > loopDelayMsTold) {
    const delayed = formatQuantity(delayMs, 'ms')
    tell(
      delayMs > loopDelayMsMax,
      `the driver waited up to ${delayed} for a processor: measure on a quieter machine`,
    )
  }
  const cpuShare = Math.max(0, ...report.threads.map(({ cpuShare }) => cpuShare))
  if (model === 'closed' && cpuShare > cpuShareMax) {
    const share = formatQuantity(cpuShare, 'share')
    tell(true, `a thread of the driver was busy ${share} of the time: give it more threads`)
  }
  const gcMs = Math.max(0, ...report.threads.map(({ gcMsMax }) => gcMsMax))
  if (gcMs > latenessMsMax) {
    tell(false, `collecting garbage stopped the driver for ${formatQuantity(gcMs, 'ms')}`)
  }
  if (report.misplaced > 0) {
    tell(true, `${report.misplaced} results came after their second was sealed, and are lost`)
  }
  return doubts
}
