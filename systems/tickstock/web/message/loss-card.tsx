import { Card, DataTable, Empty, formatMoment } from 'page-kit'
import type { ReactNode } from 'react'
import type { MessageMonitor } from '../api.ts'
import { titleOfChannel } from '../live/notice.ts'

/** Messages that could not be taken in after several tries, newest first. */
export function DeadLetterCard({
  letters,
}: {
  readonly letters: MessageMonitor['dead_letters']
}): ReactNode {
  return (
    <Card title="Dead letters" flush={letters.length > 0}>
      {letters.length === 0 ? (
        <Empty icon="check" title="Every message could be taken in" />
      ) : (
        <DataTable
          label="Dead letters"
          rows={letters}
          keyOf={({ channel, stream_id }) => `${channel} ${stream_id}`}
          columns={[
            { title: 'Channel', cell: ({ channel }) => titleOfChannel(channel) },
            { title: 'Entry', cell: ({ stream_id }) => <code>{stream_id}</code> },
            { title: 'Reason', wrap: true, cell: ({ reason }) => reason },
            { title: 'When', cell: ({ created_at }) => formatMoment(created_at) },
          ]}
        />
      )}
    </Card>
  )
}

/** Numbers that were cut off a stream before they were read. */
export function GapCard({ gaps }: { readonly gaps: MessageMonitor['gaps'] }): ReactNode {
  return (
    <Card title="Gaps" flush={gaps.length > 0}>
      {gaps.length === 0 ? (
        <Empty icon="check" title="No message was lost" />
      ) : (
        <DataTable
          label="Gaps"
          rows={gaps}
          keyOf={({ channel, first_seq }) => `${channel} ${first_seq}`}
          columns={[
            { title: 'Channel', cell: ({ channel }) => titleOfChannel(channel) },
            {
              title: 'Numbers',
              cell: ({ first_seq, last_seq }) =>
                first_seq === last_seq ? first_seq : `${first_seq} to ${last_seq}`,
            },
            { title: 'Noticed', cell: ({ noticed_at }) => formatMoment(noticed_at) },
          ]}
        />
      )}
    </Card>
  )
}
