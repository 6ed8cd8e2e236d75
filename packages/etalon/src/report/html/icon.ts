import { lineStateOrder, lineStates, type LineState } from '../line-state.ts'
import { markup, trusted, type Markup } from './markup.ts'

// A shape of its own for each state: the colour only repeats what the shape and the word say.
const shapes: Readonly<Record<LineState, string>> = {
  upheld: '<path d="M3.2 8.6 6.6 12l6.2-7.4" fill="none" stroke="currentColor" stroke-width="2"/>',
  refuted:
    '<path d="M5 1h6l4 4v6l-4 4H5l-4-4V5z" fill="currentColor"/>' +
    '<path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2" stroke="var(--paper)" stroke-width="1.8"/>',
  inconclusive:
    '<path d="M8 .8 15.2 8 8 15.2.8 8z" fill="none" stroke="currentColor" stroke-width="1.5"/>' +
    '<path d="M6.2 6.6C6.2 5.4 7 4.8 8 4.8s1.8.6 1.8 1.6C9.8 7.6 8 7.7 8 9.2" fill="none" ' +
    'stroke="currentColor" stroke-width="1.4"/>' +
    '<circle cx="8" cy="11.2" r=".9" fill="currentColor"/>',
  pending:
    '<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.5" ' +
    'stroke-dasharray="2.4 2.4"/>',
  unclaimed: '<circle cx="8" cy="8" r="5.8" fill="none" stroke="currentColor" stroke-width="1.5"/>',
  'not-run': '<path d="M3 8h10" stroke="currentColor" stroke-width="1.8"/>',
}

/** The shapes of all states, once a page, for {@link icon} to refer to. */
export function iconSheet(): Markup {
  const symbols = lineStateOrder.map((state) =>
    trusted(`<symbol id="icon-${state}" viewBox="0 0 16 16">${shapes[state]}</symbol>`),
  )
  return markup`<svg class="sheet" aria-hidden="true">${symbols}</svg>`
}

/** The shape of a state; the word must stand beside it. */
export function icon(state: LineState): Markup {
  return markup`<svg class="icon" aria-hidden="true"><use href="#icon-${state}"/></svg>`
}

/** A state as shape and word. */
export function badge(state: LineState): Markup {
  return markup`<span class="badge ${state}">${icon(state)}${lineStates[state]}</span>`
}
