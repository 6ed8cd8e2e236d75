import {
  Badge,
  Banner,
  Button,
  Card as Section,
  Confirm,
  counted,
  DataTable,
  ErrorBanner,
  formatMs,
  Select,
  sentence,
} from 'page-kit'
import { useState, type ReactNode } from 'react'
import { client, type BulkRepairView, type RepairView } from '../api.ts'
import { useChange } from '../change.ts'
import { specializationName } from '../specialization.ts'

const directions = [
  ['progress_to_license', 'Progress is right'],
  ['license_to_progress', 'The licence is right'],
  ['recommended', 'As recommended for each'],
] as const

/** Repairs everything at once, after a dry run has shown what that would do. */
export function BulkRepair(): ReactNode {
  const [direction, setDirection] = useState('progress_to_license')
  const [asking, setAsking] = useState(false)
  const repair = useChange({
    change: (dryRun: boolean) =>
      client.send<BulkRepairView>('POST', '/licenses/admin/sync/all', {
        query: { dry_run: dryRun },
        body: { direction },
      }),
    onDone: () => setAsking(false),
  })
  const result = repair.data
  return (
    <Section title="Repair all">
      <div className="grid" style={{ ['--column' as string]: '14rem', alignItems: 'end' }}>
        <Select
          label="Which side is right"
          value={direction}
          options={directions}
          onChange={(event) => {
            setDirection(event.target.value)
            repair.reset()
          }}
        />
        <div className="row">
          <Button
            kind="plain"
            busy={repair.isPending && repair.variables}
            onClick={() => repair.mutate(true)}
          >
            Dry run
          </Button>
          <Button kind="danger" onClick={() => setAsking(true)}>
            Repair all
          </Button>
        </div>
      </div>
      {repair.error && !asking && <ErrorBanner error={repair.error} />}
      {result && <Result result={result} />}
      {asking && (
        <Confirm
          title="Repair everything that disagrees"
          action="Repair all"
          danger
          busy={repair.isPending}
          error={repair.error}
          onConfirm={() => repair.mutate(false)}
          onClose={() => setAsking(false)}
        >
          <p>
            {directions.find(([value]) => value === direction)?.[1]}. Levels of the other side are
            changed; every change is in the audit trail.
          </p>
        </Confirm>
      )}
    </Section>
  )
}

function Result({ result }: { readonly result: BulkRepairView }): ReactNode {
  const { dry_run, found, synced, failed, unrepaired, duration_ms, results } = result
  return (
    <div className="stack repair-result">
      <Banner
        tone={failed > 0 ? 'warn' : 'good'}
        title={
          dry_run
            ? `Dry run: ${counted(synced, 'pair')} of ${found} would be repaired`
            : `${counted(synced, 'pair')} of ${found} repaired`
        }
      >
        <span>
          {failed > 0 && `${failed} failed. `}
          {unrepaired > 0 && `${counted(unrepaired, 'pair')} need a person. `}
          {dry_run && 'Nothing was changed. '}
          It took {formatMs(duration_ms)}.
        </span>
      </Banner>
      {results.length > 0 && (
        <DataTable
          label="What was done for each pair"
          rows={results}
          keyOf={({ user_id, specialization_id }) => `${user_id} ${specialization_id}`}
          columns={[
            { title: 'User', cell: ({ user_id }) => user_id },
            {
              title: 'Specialization',
              cell: ({ specialization_id }) => specializationName(specialization_id),
            },
            { title: 'Before', cell: ({ before }) => levels(before) },
            { title: 'After', cell: ({ after }) => levels(after) },
            {
              title: 'Actions',
              cell: ({ actions }) => actions.map(sentence).join(', ') || 'none',
              wrap: true,
            },
            { title: 'Result', cell: (row) => <Outcome repair={row} /> },
          ]}
        />
      )}
    </div>
  )
}

function levels({ progress_level, license_level }: RepairView['before']): string {
  return `${progress_level ?? 'none'} and ${license_level ?? 'none'}`
}

function Outcome({ repair }: { readonly repair: RepairView }): ReactNode {
  if (repair.error) return <Badge tone="bad">{repair.error}</Badge>
  if (repair.remaining.length > 0) {
    return <Badge tone="warn">{repair.remaining.map(sentence).join(', ')}</Badge>
  }
  return <Badge tone="good">{repair.dry_run ? 'Would agree' : 'Agrees'}</Badge>
}
