import { Button, Card, Empty, SkeletonRows } from 'page-kit'
import type { ReactNode } from 'react'
import type { CharacterView } from '../api.ts'
import type { Live } from '../live/live-feed.tsx'
import type { FeedLine } from './feed-line.ts'
import { FeedPanel } from './feed-panel.tsx'

/** The panel of what happens; until something was read it says why there is nothing. */
export function FeedCard({
  live,
  past,
  characters,
}: {
  readonly live: Live
  /** What to show instead of what happens now. */
  readonly past: readonly FeedLine[] | null
  readonly characters: readonly CharacterView[]
}): ReactNode {
  return (
    <Card
      title={past ? 'Activity until then' : 'Live activity feed'}
      className="panel panel-feed"
      scrolls
    >
      {past ? (
        <FeedPanel lines={past} characters={characters} />
      ) : (
        <Content live={live} characters={characters} />
      )}
    </Card>
  )
}

function Content({
  live: { connection, tell, lines },
  characters,
}: {
  readonly live: Live
  readonly characters: readonly CharacterView[]
}): ReactNode {
  if (lines !== null) return <FeedPanel lines={lines} characters={characters} />
  if (connection.failures === 0) return <SkeletonRows count={4} height="4rem" />
  return (
    <Empty
      icon="warning"
      title="What happened could not be read"
      action={
        <Button kind="plain" small onClick={() => tell({ kind: 'retry_due' })}>
          Try again
        </Button>
      }
    >
      It is tried again by itself.
    </Empty>
  )
}
