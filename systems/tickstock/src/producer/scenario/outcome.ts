import type { Series } from './series.ts'

/** Something that a scenario promises of its bars, and how it is measured from them. */
export interface OutcomeRule {
  readonly name: string
  readonly title: string
  /** How it is measured, as a reader needs it to judge the figure. */
  readonly definition: string
  readonly unit: 'percent' | 'count' | 'flag'
  /** A flag is 1 where it holds. */
  readonly declared: number
  /** How far from it the measured value may lie. */
  readonly tolerance: number
  readonly measure: (series: Series) => number
}

/** What is promised, without the code that measures it. */
export type Declaration = Omit<OutcomeRule, 'measure'>

/** A promise beside what came of it. */
export interface Outcome extends Declaration {
  /** To two decimals. */
  readonly measured: number
  readonly met: boolean
}

/** Measures what a scenario declares, from its series alone. */
export function measureOutcomes(rules: readonly OutcomeRule[], series: Series): Outcome[] {
  return rules.map((rule) => {
    const measured = Math.round(100 * rule.measure(series)) / 100
    const met = Math.abs(measured - rule.declared) <= rule.tolerance
    return { ...declarationOf(rule), measured, met }
  })
}

export function declarationOf(rule: OutcomeRule): Declaration {
  const { name, title, definition, unit, declared, tolerance } = rule
  return { name, title, definition, unit, declared, tolerance }
}

type Measured = Pick<OutcomeRule, 'name' | 'title' | 'definition' | 'measure'>

/** An outcome in percent, met within two points. */
export function percentOf(declared: number, rule: Measured): OutcomeRule {
  return { ...rule, unit: 'percent', declared, tolerance: 2 }
}

/** An outcome that is counted, met exactly. */
export function countOf(declared: number, rule: Measured): OutcomeRule {
  return { ...rule, unit: 'count', declared, tolerance: 0 }
}

/** Something that holds or does not. */
export function flagOf(
  rule: Omit<Measured, 'measure'> & { readonly holds: (series: Series) => boolean },
): OutcomeRule {
  const { holds, ...rest } = rule
  return {
    ...rest,
    unit: 'flag',
    declared: 1,
    tolerance: 0,
    measure: (series) => (holds(series) ? 1 : 0),
  }
}
