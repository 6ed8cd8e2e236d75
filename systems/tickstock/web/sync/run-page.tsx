import { useQuery } from '@tanstack/react-query'
import { Empty, Loaded, PageHead, SkeletonCards } from 'page-kit'
import { useState, type ReactNode } from 'react'
import { run, runs, type RunView } from '../api.ts'
import { ChangesCard } from './changes-card.tsx'
import { HistoryCard } from './history-card.tsx'
import { RunCard } from './run-card.tsx'

/** While a run goes on its tasks are read again so often. */
const refreshMs = 2_000

/** One synchronization, the latest unless its id is given, above the history of all. */
export function RunPage({ id }: { readonly id: string | undefined }): ReactNode {
  const [page, setPage] = useState(1)
  const history = useQuery({
    ...runs(page),
    placeholderData: (previous) => previous,
    refetchInterval: ({ state: { data } }) => (data?.items.some(isRunning) ? refreshMs : false),
  })
  // The latest is known before the history is turned to another page, and stays.
  const latest = useQuery(runs(1))
  return (
    <>
      <PageHead title="Synchronization">
        After every trading day the universes are brought up to date, in five tasks and within 30
        minutes.
      </PageHead>
      <Loaded query={latest} skeleton={<SkeletonCards count={2} height="16rem" column="24rem" />}>
        {({ items }) => {
          const chosen = id ?? items[0]?.id
          return chosen === undefined ? (
            <div className="card">
              <Empty icon="sync" title="No synchronization yet">
                The first runs when the end of a trading day is told.
              </Empty>
            </div>
          ) : (
            <div className="stack">
              <Chosen key={chosen} id={chosen} />
              <HistoryCard query={history} chosen={chosen} page={page} onPage={setPage} />
            </div>
          )
        }}
      </Loaded>
    </>
  )
}

function Chosen({ id }: { readonly id: string }): ReactNode {
  const query = useQuery({
    ...run(id),
    refetchInterval: ({ state: { data } }) => (data && isRunning(data) ? refreshMs : false),
  })
  return (
    <Loaded query={query} skeleton={<SkeletonCards count={2} height="16rem" column="24rem" />}>
      {(detail) => (
        <>
          <RunCard run={detail} readAt={query.dataUpdatedAt} />
          <ChangesCard run={detail} />
        </>
      )}
    </Loaded>
  )
}

function isRunning({ status }: Pick<RunView, 'status'>): boolean {
  return status === 'running'
}
