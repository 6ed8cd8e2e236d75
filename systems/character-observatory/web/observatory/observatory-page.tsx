import { useQuery } from '@tanstack/react-query'
import { ErrorBanner, PageHead } from 'page-kit'
import { useCallback, useState, type ReactNode } from 'react'
import {
  charactersOf,
  ecosystem as ecosystemQuestion,
  type CharacterView,
  type LinkView,
} from '../api.ts'
import { CharacterEditor } from '../character/character-editor.tsx'
import { ConnectionBadge, ConnectionBanner } from '../live/connection-status.tsx'
import { useLive } from '../live/live-feed.tsx'
import { RelationshipDialog } from '../relationship/relationship-dialog.tsx'
import { ReplayBar, ReplayButton } from '../replay/replay-bar.tsx'
import { useReplay } from '../replay/use-replay.ts'
import { Panels } from './panels.tsx'

/** How often energy that comes back by itself is read. */
const energyReadEveryMs = 60_000

type Opened =
  | { readonly kind: 'character'; readonly character: CharacterView | null }
  | { readonly kind: 'link'; readonly link: LinkView }

/** One ecosystem, live: who is there, who knows whom, what happens, and what one can do. */
export function ObservatoryPage({ id }: { readonly id: string }): ReactNode {
  const { data: about, error, refetch } = useQuery(ecosystemQuestion(id))
  const characters = useQuery({ ...charactersOf(id), refetchInterval: energyReadEveryMs })
  const live = useLive(id)
  const replay = useReplay(id)
  const [opened, setOpened] = useState<Opened | null>(null)
  const edit = useCallback(
    (character: CharacterView | null) => setOpened({ kind: 'character', character }),
    [],
  )
  const open = useCallback((link: LinkView) => setOpened({ kind: 'link', link }), [])
  const close = (): void => setOpened(null)
  if (about === undefined && error) {
    return (
      <>
        <PageHead title="Ecosystem" />
        <ErrorBanner error={error} onRetry={() => void refetch()} />
      </>
    )
  }
  return (
    <div className="observatory">
      <PageHead
        title={about?.name ?? 'Ecosystem'}
        aside={
          <div className="row">
            {!replay.isOpen && <ReplayButton onPress={replay.open} />}
            <ConnectionBadge phase={live.connection.phase} />
          </div>
        }
      >
        {about?.description}
      </PageHead>
      <ConnectionBanner connection={live.connection} tell={live.tell} />
      {replay.isOpen && <ReplayBar replay={replay} />}
      <Panels
        ecosystem={id}
        characters={characters}
        live={live}
        past={replay.past}
        mayAct={!replay.isOpen && about !== undefined && about.membership !== 'viewer'}
        onEdit={edit}
        onOpen={open}
      />
      {opened?.kind === 'character' && (
        <CharacterEditor ecosystem={id} character={opened.character} onClose={close} />
      )}
      {opened?.kind === 'link' && (
        <RelationshipDialog
          ecosystem={id}
          link={opened.link}
          characters={replay.past?.characters ?? characters.data ?? []}
          past={replay.past}
          onClose={close}
        />
      )}
    </div>
  )
}
