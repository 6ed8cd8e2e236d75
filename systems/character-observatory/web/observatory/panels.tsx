import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { Button, Card, Empty, Loaded, Skeleton, SkeletonRows } from 'page-kit'
import { useCallback, useState, type ReactNode } from 'react'
import { linksOf, type CharacterView, type LinkView } from '../api.ts'
import { CharacterList } from '../character/character-list.tsx'
import { FeedCard } from '../feed/feed-card.tsx'
import { InteractionPanel } from '../interaction/interaction-panel.tsx'
import type { Live } from '../live/live-feed.tsx'
import { NetworkPanel } from '../network/network-panel.tsx'
import type { Past } from '../replay/past.ts'
import { toggled, type Selection } from './selection.ts'

const nobody: readonly CharacterView[] = []
const noLinks: readonly LinkView[] = []

/** The four panels, which share who is selected. */
export function Panels({
  ecosystem,
  characters,
  live,
  past,
  mayAct,
  onEdit,
  onOpen,
}: {
  readonly ecosystem: string
  readonly characters: UseQueryResult<readonly CharacterView[]>
  readonly live: Live
  /** How it was, while the past is gone through. */
  readonly past: Past | null
  readonly mayAct: boolean
  readonly onEdit: (character: CharacterView | null) => void
  readonly onOpen: (link: LinkView) => void
}): ReactNode {
  const links = useQuery(linksOf(ecosystem))
  const [selection, setSelection] = useState<Selection>([])
  const select = useCallback((one: string) => setSelection((now) => toggled(now, one)), [])
  const all = past?.characters ?? characters.data ?? nobody
  const known = past?.links ?? links.data ?? noLinks
  const chosen = selection.flatMap((one) => all.find(({ id }) => id === one) ?? [])
  return (
    <div className="panels">
      <Card
        title="Characters"
        className="panel panel-list"
        aside={mayAct && <NewButton onPress={() => onEdit(null)} />}
      >
        <Loaded query={characters} skeleton={<SkeletonRows count={5} height="4.5rem" />}>
          {() => (
            <CharacterList
              characters={all}
              selection={selection}
              onSelect={select}
              onEdit={mayAct ? onEdit : undefined}
            />
          )}
        </Loaded>
      </Card>
      <Card title="Relationship network" className="panel panel-network">
        <Loaded query={links} skeleton={<Skeleton height="20rem" />}>
          {() =>
            past === null && characters.data?.length === 0 ? (
              <NobodyToKnow />
            ) : (
              <NetworkPanel
                {...{ characters: all, links: known, selection, onSelect: select, onOpen }}
                isPast={past !== null}
              />
            )
          }
        </Loaded>
      </Card>
      <Card title="Interaction" className="panel panel-interaction">
        <InteractionPanel
          chosen={chosen}
          link={linkOf(known, chosen)}
          isPast={past !== null}
          mayAct={mayAct}
          onSwap={() => setSelection((now) => now.toReversed())}
          onOpen={onOpen}
        />
      </Card>
      <FeedCard live={live} past={past?.lines ?? null} characters={all} />
    </div>
  )
}

function NewButton({ onPress }: { readonly onPress: () => void }): ReactNode {
  return (
    <Button kind="plain" small aria-label="New character" onClick={onPress}>
      New
    </Button>
  )
}

function NobodyToKnow(): ReactNode {
  return (
    <Empty icon="overlap" title="Nobody to know">
      Who knows whom shows here once somebody lives here.
    </Empty>
  )
}

/** What the two who are chosen are to each other. */
function linkOf(
  links: readonly LinkView[],
  chosen: readonly CharacterView[],
): LinkView | undefined {
  const ids = chosen.map(({ id }) => id)
  return ids.length < 2 ? undefined : links.find(({ a, b }) => ids.includes(a) && ids.includes(b))
}
