import { formatCount, formatDuration, formatQuantity } from '../../kernel/units.ts'
import type { Comparison } from './comparison.ts'
import { intervalOf } from './decision.ts'
import type { CanaryResult } from './rollout.ts'
import type { SideSample } from './side-log.ts'
import type { StepResult } from './step.ts'

const mark = { worse: '✗', 'not-worse': '✓', open: '?' } as const
const finding = { worse: 'worse', 'not-worse': 'not worse', open: 'not shown' } as const

/** A step in lines that can be pasted into a review. */
export function describeStep(step: StepResult): string {
  const heading = [
    `${mark[step.finding]} ${step.percent} %`.padEnd(8),
    formatDuration(step.durationMs).padEnd(9),
    `candidate ${sampleText(step.candidate)}`.padEnd(40),
    `stable ${sampleText(step.stable)}${step.simultaneous ? '' : ', in the step before'}`,
  ].join('')
  const figures = step.comparisons.map((one) => `    ${figureText(one)}`)
  return [heading, ...figures, ...step.doubts.map(({ message }) => `    ! ${message}`)].join('\n')
}

/** The decision with its reasons. */
export function describeDecision(result: CanaryResult): string {
  const { decision, percent, servedBy, reasons, seed } = result
  const heading = `${decision.replace('-', ' ')} at ${percent} %   all traffic goes to ${servedBy}   seed ${seed}`
  return [heading, ...reasons.map((reason) => `  ${reason}`)].join('\n')
}

function sampleText({ requests, clients }: SideSample): string {
  const from = clients === 0 ? '' : ` of ${formatCount(clients)} clients`
  return `${formatCount(requests)} requests${from}`
}

function figureText(one: Comparison): string {
  const [candidate = '', stable = ''] = [one.candidate, one.stable].map(({ value, unit }) =>
    Number.isNaN(value) ? 'nothing' : formatQuantity(value, unit),
  )
  const { figure } = one
  return [
    figure.padEnd(8),
    `${candidate} against ${stable}`.padEnd(28),
    intervalOf(one)
      .slice(figure.length + 1)
      .padEnd(30),
    one.target.padEnd(10),
    finding[one.finding],
  ].join('')
}
