import { bucketHighUs } from '../histogram/log-linear.ts'
import type { LoadRun } from '../result/load-run.ts'
import { encodeHdr } from './hdr.ts'

/**
 * A run as a log of HdrHistogram (format 1.3): for each second two histograms of microseconds, with
 * the tags `due` and `sent`. Only good answers are in it, for the format knows no censored values.
 */
export function hdrLogOf(run: LoadRun): string {
  const lines = run.seconds.flatMap(({ fromDue, fromSent }, second) =>
    Object.entries({ due: fromDue, sent: fromSent }).map(([tag, histogram]) => {
      const most = histogram.length === 0 ? 0 : bucketHighUs(histogram.at(-2) as number)
      return `Tag=${tag},${second}.000,1.000,${most},${encodeHdr(histogram)}`
    }),
  )
  return [
    '#[Histograms of microseconds; times in seconds from the beginning of the measured part]',
    '#[Histogram log format version 1.3]',
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"',
    ...lines,
    '',
  ].join('\n')
}
