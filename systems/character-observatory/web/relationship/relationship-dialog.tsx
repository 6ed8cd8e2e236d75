import { useQuery } from '@tanstack/react-query'
import {
  Button,
  counted,
  Dialog,
  Facts,
  formatMoment,
  Loaded,
  sentence,
  Skeleton,
  Trend,
} from 'page-kit'
import type { ReactNode } from 'react'
import { interactionsOf, type CharacterView, type InteractionView, type LinkView } from '../api.ts'
import type { Past } from '../replay/past.ts'
import { strengthText } from './strength-text.ts'

/** Two characters: what they are to each other now, and how it came to that. */
export function RelationshipDialog({
  ecosystem,
  link,
  characters,
  past,
  onClose,
}: {
  readonly ecosystem: string
  readonly link: LinkView
  readonly characters: readonly CharacterView[]
  /** Set where the link is one of the past. */
  readonly past: Past | null
  readonly onClose: () => void
}): ReactNode {
  const { a, b, type, strength, trust, familiarity, count, last } = link
  const nameOf = (which: string): string => characters.find(({ id }) => id === which)?.name ?? '?'
  const isNow = past === null
  const interactions = useQuery({ ...interactionsOf(ecosystem), staleTime: 0, enabled: isNow })
  return (
    <Dialog title={`${nameOf(a)} and ${nameOf(b)}`} onClose={onClose}>
      <Facts
        items={[
          ['They are', sentence(type)],
          ['Strength', strengthText(strength)],
          ['Trust', trust.toFixed(2)],
          ['Familiarity', familiarity.toFixed(2)],
          ['Met', counted(count, 'time')],
          ['Last', last === null ? 'Never' : formatMoment(last)],
        ]}
      />
      <h3>Strength over their last meetings</h3>
      {past ? (
        <History strengths={historyTold(past, link)} />
      ) : (
        <Loaded query={interactions} skeleton={<Skeleton height="4rem" />}>
          {({ items }) => <History strengths={historyOf(items, link)} />}
        </Loaded>
      )}
      <div className="form-actions">
        <Button kind="plain" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  )
}

function History({ strengths }: { readonly strengths: readonly number[] }): ReactNode {
  if (strengths.length < 2) return <p className="muted small">They met too long ago to draw it.</p>
  const ends = `From ${strengthText(strengths[0] ?? 0)} to ${strengthText(strengths.at(-1) ?? 0)}`
  return (
    <div className="stack">
      <Trend label={ends} values={strengths} />
      <p className="muted small">
        {ends} over {counted(strengths.length - 1, 'meeting')}
      </p>
    </div>
  )
}

/** The strength before and after each meeting of which a replay tells. */
function historyTold({ events }: Past, { a, b }: LinkView): readonly number[] {
  const changes = events.flatMap(({ type, data }) =>
    type === 'relationship_change' && data.a === a && data.b === b ? [data] : [],
  )
  const [first] = changes
  if (first === undefined) return []
  return [first.strength - first.strength_change, ...changes.map(({ strength }) => strength)]
}

/** The strength after each of the latest meetings, from now backwards by what each has changed. */
function historyOf(
  interactions: readonly InteractionView[],
  { a, b, strength }: LinkView,
): readonly number[] {
  const isOurs = ({ initiator_id: one, target_id: other }: InteractionView): boolean =>
    (one === a && other === b) || (one === b && other === a)
  const strengths = [strength]
  for (const { strength_change } of interactions.filter(isOurs)) {
    strengths.unshift((strengths[0] ?? 0) - strength_change)
  }
  return strengths
}
