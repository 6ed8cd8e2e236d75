import { Badge, Card, DataTable, Empty, formatNumber } from 'page-kit'
import type { ReactNode } from 'react'
import type { ChannelView } from '../api.ts'
import { orDash } from '../figure.ts'
import { titleOfChannel } from '../live/notice.ts'
import { shortMs } from './figure-tiles.tsx'

/** Every channel: how far it was told and read, how fast, and what went wrong. */
export function ChannelCard({
  channels,
}: {
  readonly channels: readonly ChannelView[]
}): ReactNode {
  return (
    <Card title="Channels" flush>
      {channels.length === 0 ? (
        <Empty icon="send" title="No channel yet" />
      ) : (
        <DataTable
          label="Channels"
          rows={channels}
          keyOf={({ channel }) => channel}
          columns={[
            { title: 'Channel', cell: ({ channel }) => <Named channel={channel} /> },
            { title: 'Rate', end: true, cell: ({ rate_hz }) => `${formatNumber(rate_hz)}/s` },
            {
              title: 'P50',
              end: true,
              cell: ({ latency_ms }) => orDash(latency_ms, ({ p50 }) => shortMs(p50)),
            },
            {
              title: 'P95',
              end: true,
              cell: ({ latency_ms }) => orDash(latency_ms, ({ p95 }) => shortMs(p95)),
            },
            { title: 'Told', end: true, cell: ({ last_seq }) => orDash(last_seq, formatNumber) },
            { title: 'Read', end: true, cell: ({ cursor }) => formatNumber(cursor) },
            { title: 'Lag', end: true, cell: ({ lag }) => <Lag lag={lag} /> },
            { title: 'Pending', end: true, cell: ({ pending }) => orDash(pending, formatNumber) },
            {
              title: 'Kept',
              end: true,
              cell: ({ stream_length }) => orDash(stream_length, formatNumber),
            },
            {
              title: 'Dead',
              end: true,
              cell: ({ dead_letters }) => formatNumber(dead_letters),
            },
          ]}
        />
      )}
    </Card>
  )
}

function Named({ channel }: { readonly channel: string }): ReactNode {
  return (
    <span className="named">
      <strong>{titleOfChannel(channel)}</strong>
      <code className="muted small">{channel}</code>
    </span>
  )
}

function Lag({ lag }: { readonly lag: number | null }): ReactNode {
  if (lag === null) return '–'
  return lag === 0 ? '0' : <Badge tone="warn">{formatNumber(lag)}</Badge>
}
