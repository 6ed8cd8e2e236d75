import { useQuery } from '@tanstack/react-query'
import { Empty, Loaded, SkeletonRows } from 'page-kit'
import type { ReactNode } from 'react'
import { interactionKinds, type CharacterView, type LinkView } from '../api.ts'
import { Chosen } from './chosen.tsx'
import { InteractionForm } from './interaction-form.tsx'

/** Lets the two who are selected interact. */
export function InteractionPanel({
  chosen,
  link,
  isPast,
  mayAct,
  onSwap,
  onOpen,
}: {
  readonly chosen: readonly CharacterView[]
  /** What the two are to each other; nothing where they never met. */
  readonly link: LinkView | undefined
  /** Nothing can be done in the past. */
  readonly isPast: boolean
  readonly mayAct: boolean
  readonly onSwap: () => void
  readonly onOpen: (link: LinkView) => void
}): ReactNode {
  const kinds = useQuery({ ...interactionKinds, staleTime: Number.POSITIVE_INFINITY })
  const [initiator, target] = chosen
  if (initiator === undefined || target === undefined) {
    const title = initiator ? `Whom does ${initiator.name} meet?` : 'Select two characters'
    return (
      <Empty icon="people" title={title}>
        The first begins, the second answers. Press them in the list or in the graph.
      </Empty>
    )
  }
  return (
    <>
      <Chosen {...{ initiator, target, link, onSwap, onOpen }} />
      {isPast ? (
        <p className="muted small">This is how it was. Go back to live to let them meet.</p>
      ) : mayAct ? (
        <Loaded query={kinds} skeleton={<SkeletonRows count={2} />}>
          {({ items }) => (
            <InteractionForm
              key={`${initiator.id} ${target.id}`}
              initiator={initiator}
              target={target}
              kinds={items}
            />
          )}
        </Loaded>
      ) : (
        <p className="muted small">You may look on here; only editors let characters meet.</p>
      )}
    </>
  )
}
