import { useMutation } from '@tanstack/react-query'
import { Banner, Card, counted, Empty, ErrorBanner, PageHead, Select, SkeletonRows } from 'page-kit'
import { useState, type ReactNode } from 'react'
import { latestNotices, service } from '../api.ts'
import type { Connection } from './connection.ts'
import { ConnectionBadge } from './connection-banner.tsx'
import { useLive } from './live-feed.tsx'
import { channelTitles, titleOfChannel } from './notice.ts'
import { NoticeList } from './notice-list.tsx'

const options = [['', 'Everything'], ...channelTitles] as const

/** What was told, newest first; it grows by itself while the connection stands. */
export function NoticePage(): ReactNode {
  const { connection, tell } = useLive()
  const [channel, setChannel] = useState('')
  const older = useMutation({
    mutationFn: (chosen: string) => service.queryClient.fetchQuery(latestNotices(chosen)),
    onSuccess: ({ items }) => tell({ kind: 'read_back', notices: items }),
  })
  const choose = (chosen: string): void => {
    setChannel(chosen)
    // Those of a quiet channel may lie further back than the latest of all.
    if (chosen !== '') older.mutate(chosen)
  }
  const shown = connection.notices.filter((notice) => channel === '' || notice.channel === channel)
  return (
    <>
      <PageHead title="Notifications" aside={<ConnectionBadge />}>
        What the producer has told about universes, synchronizations and scenarios, newest first.
      </PageHead>
      <div className="stack">
        <CaughtUp connection={connection} />
        {older.error && <ErrorBanner error={older.error} onRetry={() => choose(channel)} />}
        <Card
          title={channel === '' ? 'Latest' : titleOfChannel(channel)}
          flush
          aside={
            <div className="channel-filter">
              <Select
                label="Channel"
                value={channel}
                options={options}
                onChange={(event) => choose(event.target.value)}
              />
            </div>
          }
        >
          {shown.length > 0 ? (
            <NoticeList notices={shown} />
          ) : isKnown(connection) && !older.isPending ? (
            <Nothing channel={channel} />
          ) : (
            <Reading failures={connection.failures} />
          )}
        </Card>
      </div>
    </>
  )
}

/** Whether the latest notices were read, so that an empty list means that there are none. */
function isKnown({ positions }: Connection): boolean {
  return positions !== null
}

function CaughtUp({ connection }: { readonly connection: Connection }): ReactNode {
  const { phase, caughtUp } = connection
  if (phase !== 'live' || caughtUp === 0) return null
  return (
    <Banner tone="good" title={`Caught up with ${counted(caughtUp, 'notification')}`}>
      <span>They were told while the connection was away.</span>
    </Banner>
  )
}

function Nothing({ channel }: { readonly channel: string }): ReactNode {
  return (
    <Empty icon="bell" title="Nothing was told yet">
      {channel === ''
        ? 'The next change of a universe, synchronization or scenario shows here by itself.'
        : `There is nothing of “${titleOfChannel(channel)}” so far.`}
    </Empty>
  )
}

function Reading({ failures }: { readonly failures: number }): ReactNode {
  if (failures > 0) {
    return (
      <Empty icon="warning" title="The notifications could not be read">
        The page goes on trying.
      </Empty>
    )
  }
  return (
    <div aria-busy="true">
      <span className="visually-hidden" role="status">
        Loading
      </span>
      <SkeletonRows count={6} height="3.5rem" />
    </div>
  )
}
