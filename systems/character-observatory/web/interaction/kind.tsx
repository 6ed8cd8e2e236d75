import type { ReactNode } from 'react'
import type { InteractionType } from '../api.ts'

/** Outlines on a grid of 24. */
const outlines: Readonly<Record<InteractionType | 'came' | 'left' | 'rested', string>> = {
  greeting:
    'M7 12V6.500a1.500 1.500 0 0 1 3 0V11V4.500a1.500 1.500 0 0 1 3 0V11V6a1.500 1.500 0 0 1 3 0v9a6 6 0 0 1-11 3l-2.500-4.500a1.500 1.500 0 0 1 2.500-1.500z',
  chat: 'M4 5h16v11H10l-5 4v-4H4z',
  discussion: 'M3 4h12v8H8l-4 3v-3H3zM18 9h3v8h-1v3l-4-3h-6v-2',
  debate: 'M12 4v16M7 20h10M5 7h14M5 7l-3 6h6zM19 7l-3 6h6z',
  collaboration:
    'M10 14l-2 2a3.500 3.500 0 0 1-5-5l3-3a3.500 3.500 0 0 1 5 0M14 10l2-2a3.500 3.500 0 0 1 5 5l-3 3a3.500 3.500 0 0 1-5 0M9 13l6-3',
  emotional_support:
    'M12 20s-8-5-8-10.500A4.500 4.500 0 0 1 12 7a4.500 4.500 0 0 1 8 2.500C20 15 12 20 12 20z',
  conflict: 'M13 2L5 14h6l-1 8 8-12h-6z',
  came: 'M12 5v14M5 12h14',
  left: 'M5 12h14',
  rested: 'M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z',
}

/** What kind of thing has happened, as a drawing beside its words. */
export function KindIcon({ kind }: { readonly kind: keyof typeof outlines }): ReactNode {
  return (
    <span className="kind" data-kind={kind}>
      <svg
        aria-hidden="true"
        width="16"
        height="16"
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d={outlines[kind]} />
      </svg>
    </span>
  )
}

/** What two did, between their names. */
export const kindWords: Readonly<Record<InteractionType, string>> = {
  greeting: 'greeted',
  chat: 'chatted with',
  discussion: 'discussed with',
  debate: 'debated with',
  collaboration: 'worked with',
  emotional_support: 'supported',
  conflict: 'quarrelled with',
}
