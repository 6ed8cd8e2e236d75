import { Badge, Banner, Button, formatMs, type Tone } from 'page-kit'
import type { ReactNode } from 'react'
import type { Connection } from './connection.ts'
import type { Live } from './live-feed.tsx'

const badges: Readonly<Record<Connection['phase'], readonly [tone: Tone, text: string]>> = {
  reading: ['info', 'Connecting'],
  connecting: ['info', 'Connecting'],
  live: ['good', 'Connected'],
  waiting: ['warn', 'Reconnecting'],
  offline: ['bad', 'Offline'],
}

/** How the connection is, in one word. */
export function ConnectionBadge({ phase }: Pick<Connection, 'phase'>): ReactNode {
  const [tone, text] = badges[phase]
  return (
    <span role="status" aria-label="Connection" data-phase={phase}>
      <Badge tone={tone}>{text}</Badge>
    </span>
  )
}

/** While nothing is heard: why, and that what shows was read before. */
export function ConnectionBanner({
  connection,
  tell,
}: Pick<Live, 'connection' | 'tell'>): ReactNode {
  const { phase, retryInMs, failures } = connection
  if (phase === 'offline') {
    return (
      <Banner tone="warn" title="You are offline">
        <span>What you see was read before. It goes on by itself once you are back.</span>
      </Banner>
    )
  }
  // A first failure is often over before it could be read.
  if (failures < 2) return null
  return (
    <Banner
      tone="warn"
      title="The connection is lost"
      action={
        <Button kind="plain" small onClick={() => tell({ kind: 'retry_due' })}>
          Try now
        </Button>
      }
    >
      <span>
        {phase === 'waiting' ? `The next try comes in ${formatMs(retryInMs)}. ` : 'Trying now. '}
        What happens meanwhile is caught up.
      </span>
    </Banner>
  )
}
