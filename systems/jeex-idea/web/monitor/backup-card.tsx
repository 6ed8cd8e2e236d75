import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  Badge,
  Button,
  Card,
  DataTable,
  Empty,
  ErrorBanner,
  Facts,
  formatMoment,
  sentence,
  useToast,
  type Tone,
} from 'page-kit'
import type { ReactNode } from 'react'
import { service, type BackupView, type DashboardView } from '../api.ts'
import { formatBytes } from './figure-cards.tsx'

type Backup = DashboardView['backup']

const tones: Readonly<Record<BackupView['status'], Tone>> = {
  running: 'info',
  completed: 'good',
  failed: 'bad',
  corrupt: 'bad',
  removed: 'plain',
}

const moment = (value: string | null): string => (value === null ? '–' : formatMoment(value))

/** The last backups and the next, with the trial that proves one. */
export function BackupCard({ backup }: { readonly backup: Backup }): ReactNode {
  const take = useDeed('/database/backup/create', 'The backup was taken')
  return (
    <Card
      title="Backups"
      aside={
        backup.configured && (
          <Button kind="plain" small busy={take.isPending} onClick={() => take.mutate('')}>
            Back up now
          </Button>
        )
      }
    >
      {take.error && <ErrorBanner error={take.error} />}
      <Facts
        items={[
          ['Last completed', moment(backup.last_completed_at)],
          ['Last full', moment(backup.last_full_at)],
          ['Next full', moment(backup.next_full_at)],
          ['Next incremental', moment(backup.next_incremental_at)],
        ]}
      />
      {backup.backups.length === 0 ? (
        <Empty icon="info" title="No backup yet">
          {backup.configured ? 'The first is due as shown above.' : 'None are configured.'}
        </Empty>
      ) : (
        <BackupTable backups={backup.backups} />
      )}
    </Card>
  )
}

function BackupTable({ backups }: { readonly backups: readonly BackupView[] }): ReactNode {
  const prove = useDeed('', 'The backup was restored and compared')
  return (
    <>
      {prove.error && <ErrorBanner error={prove.error} />}
      <DataTable
        label="Backups"
        rows={backups.slice(0, 8)}
        keyOf={({ id }) => id}
        columns={[
          { title: 'Started', cell: ({ started_at }) => formatMoment(started_at) },
          { title: 'Kind', cell: ({ kind }) => sentence(kind) },
          {
            title: 'Status',
            cell: ({ status }) => <Badge tone={tones[status]}>{sentence(status)}</Badge>,
          },
          {
            title: 'Size',
            end: true,
            cell: ({ size_bytes }) => (size_bytes === null ? '–' : formatBytes(size_bytes)),
          },
          { title: 'Verified', cell: ({ verified_at }) => moment(verified_at) },
          { title: 'Restore tested', cell: ({ restore_tested_at }) => moment(restore_tested_at) },
          {
            title: 'Proof',
            cell: ({ id, status }) =>
              (status === 'completed' || status === 'corrupt') && (
                <Button
                  kind="plain"
                  small
                  busy={prove.isPending && prove.variables.includes(id)}
                  disabled={prove.isPending}
                  onClick={() => prove.mutate(`/database/backup/${id}/test-recovery`)}
                >
                  Test
                </Button>
              ),
          },
        ]}
      />
    </>
  )
}

interface Deed {
  readonly error: Error | null
  readonly isPending: boolean
  readonly variables: string
  readonly mutate: (path: string) => void
}

/** What an operator has done, after which the page is read again. */
function useDeed(path: string, said: string): Deed {
  const queryClient = useQueryClient()
  const say = useToast()
  const { error, isPending, variables, mutate } = useMutation({
    mutationFn: (below: string) =>
      service.client.send<{ readonly problem?: string | null }>('POST', path + below),
    onSuccess: async ({ problem }) => {
      say(problem ?? said)
      await queryClient.invalidateQueries()
    },
  })
  return { error, isPending, variables: variables ?? '', mutate: (below) => mutate(below) }
}
