import { badge } from './icon.ts'
import { intervalGraphic } from './interval.ts'
import { markup, type Content, type Markup } from './markup.ts'

const example = intervalGraphic(
  {
    title: 'an example',
    verdict: 'upheld',
    figure: '62 ms',
    target: '< 100 ms',
    doubts: [],
    estimate: {
      value: 62,
      low: 51,
      high: 78,
      unit: 'ms',
      confidence: 0.95,
      samples: 1_000,
      method: 'order statistics',
    },
  },
  '20 ms',
)

const meanings: readonly (readonly [term: Content, meaning: Content])[] = [
  [
    badge('upheld'),
    'The claim tried to refute the requirement on the real system and could not. Of a measured ' +
      'figure, the whole interval lies on the right side of the target.',
  ],
  [
    badge('refuted'),
    'There is a counterexample, or the whole interval lies on the wrong side of the target.',
  ],
  [
    badge('inconclusive'),
    'Neither was shown: too few samples, a busy machine, a crash or a timeout. Never a pass.',
  ],
  [badge('unclaimed'), 'Nothing tries to refute the requirement.'],
  [
    'interval',
    [
      example,
      'The bar holds the true value with the confidence given; the dot is the figure, the line ' +
        'the target with its accepted side tinted, the diamond what was reported.',
    ],
  ],
  [
    'seal',
    'The hash of the evidence at the moment of the verdict. “etalon report” refuses evidence ' +
      'that has changed since.',
  ],
]

/** What the words and the drawings of the page mean, for whoever sees it for the first time. */
export function legend(): Markup {
  const entries = meanings.map(
    ([term, meaning]) => markup`<div><dt>${term}</dt><dd>${meaning}</dd></div>\n`,
  )
  return markup`<section class="appendix"><h2 id="legend">How to read this report</h2>
<dl class="legend">${entries}</dl></section>`
}
