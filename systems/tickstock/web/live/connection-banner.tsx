import { Badge, Banner, Button, formatMs, type Tone } from 'page-kit'
import type { ReactNode } from 'react'
import type { Connection } from './connection.ts'
import { useLive } from './live-feed.tsx'

const badges: Readonly<Record<Connection['phase'], readonly [tone: Tone, text: string]>> = {
  reading: ['info', 'Connecting'],
  connecting: ['info', 'Connecting'],
  live: ['good', 'Live'],
  waiting: ['warn', 'Reconnecting'],
  offline: ['bad', 'Offline'],
}

/** How the connection is, in one word. */
export function ConnectionBadge(): ReactNode {
  const { phase } = useLive().connection
  const [tone, text] = badges[phase]
  return (
    <span role="status" aria-label="Connection" data-phase={phase}>
      <Badge tone={tone}>{text}</Badge>
    </span>
  )
}

/** On every page while the news does not come: why, and that what shows was read before. */
export function ConnectionBanner(): ReactNode {
  const { connection, tell } = useLive()
  const { phase, retryInMs, failures } = connection
  if (phase === 'offline') {
    return (
      <div className="connection-banner">
        <Banner tone="warn" title="You are offline">
          <span>What you see was read before. It goes on by itself once you are back.</span>
        </Banner>
      </div>
    )
  }
  // A first failure is often over before it could be read.
  if (failures < 2) return null
  return (
    <div className="connection-banner">
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
          {phase === 'waiting' ? `The next try comes in ${formatMs(retryInMs)}.` : 'Trying now.'}{' '}
          What you see was read before; what is told meanwhile is caught up.
        </span>
      </Banner>
    </div>
  )
}
