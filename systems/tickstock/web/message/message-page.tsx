import { useQuery } from '@tanstack/react-query'
import { Badge, Banner, formatClock, formatMoment, Loaded, PageHead, SkeletonCards } from 'page-kit'
import type { ReactNode } from 'react'
import { messageMonitor, type MessageMonitor } from '../api.ts'
import { ChannelCard } from './channel-card.tsx'
import { FigureTiles } from './figure-tiles.tsx'
import { DeadLetterCard, GapCard } from './loss-card.tsx'
import { useHistory } from './history.ts'

const refreshMs = 2_000

/** How the messages flow, read again every two seconds. */
export function MessagePage(): ReactNode {
  const query = useQuery({ ...messageMonitor, refetchInterval: refreshMs, staleTime: 0 })
  const { data, dataUpdatedAt } = query
  return (
    <>
      <PageHead title="Messages" aside={data && <FlowBadge monitor={data} />}>
        From the producer by Redis into this service.{' '}
        <span className="nowrap" data-updated-at={dataUpdatedAt}>
          {dataUpdatedAt === 0
            ? 'Not read yet'
            : `Read ${formatClock(new Date(dataUpdatedAt))}, every ${refreshMs / 1_000} s`}
        </span>
      </PageHead>
      <Loaded query={query} skeleton={<SkeletonCards count={4} height="10rem" column="14rem" />}>
        {(monitor) => <Flow monitor={monitor} />}
      </Loaded>
    </>
  )
}

function Flow({ monitor }: { readonly monitor: MessageMonitor }): ReactNode {
  const history = useHistory(monitor)
  const { last_received_at } = monitor.reader
  return (
    <div className="stack">
      {isRedisAway(monitor) && (
        <Banner tone="warn" title="Redis is away">
          <span>What is told meanwhile waits in the outbox and comes once it is back.</span>
        </Banner>
      )}
      <FigureTiles monitor={monitor} history={history} />
      <ChannelCard channels={monitor.channels} />
      <p className="muted small">
        {last_received_at === null
          ? 'No message has arrived yet.'
          : `The last message arrived ${formatMoment(last_received_at)}.`}
      </p>
      <div className="halves">
        <DeadLetterCard letters={monitor.dead_letters} />
        <GapCard gaps={monitor.gaps} />
      </div>
    </div>
  )
}

function isRedisAway({ channels }: MessageMonitor): boolean {
  return channels.length > 0 && channels.every(({ last_seq }) => last_seq === null)
}

function FlowBadge({ monitor }: { readonly monitor: MessageMonitor }): ReactNode {
  const { channels } = monitor
  if (isRedisAway(monitor)) return <Badge tone="bad">Redis is away</Badge>
  if (channels.some(({ gaps }) => gaps > 0)) return <Badge tone="bad">Messages were lost</Badge>
  if (channels.some(({ dead_letters }) => dead_letters > 0)) {
    return <Badge tone="warn">Dead letters</Badge>
  }
  return <Badge tone="good">Nothing lost</Badge>
}
