import { Button, DataTable, sentence, Skeleton } from 'page-kit'
import { lazy, Suspense, useDeferredValue, useMemo, useState, type ReactNode } from 'react'
import type { CharacterView, LinkView } from '../api.ts'
import type { Selection } from '../observatory/selection.ts'
import { canDraw } from './can-draw.ts'

// WebGL's part is larger than all the rest of the page.
const NetworkGraph = lazy(() => import('./network-graph.tsx'))

const rowsMax = 200

/** Who knows whom, as a graph or as a table. */
export function NetworkPanel({
  characters,
  links,
  selection,
  isPast,
  onSelect,
  onOpen,
}: {
  readonly characters: readonly CharacterView[]
  readonly links: readonly LinkView[]
  readonly selection: Selection
  readonly isPast: boolean
  readonly onSelect: (id: string) => void
  readonly onOpen: (link: LinkView) => void
}): ReactNode {
  const [isTable, setTable] = useState(!canDraw)
  const [hasLabels, setLabels] = useState(true)
  const [chosenMin, setChosenMin] = useState(0)
  const strengthMin = useDeferredValue(chosenMin)
  const state = useMemo(
    () => ({ characters, links, selection, hasLabels, strengthMin, isPast }),
    [characters, links, selection, hasLabels, strengthMin, isPast],
  )
  return (
    <div className="network">
      <div className="network-bar">
        <label className="network-filter">
          <span>Strength from</span>
          <input
            type="range"
            min={0}
            max={1}
            step={0.05}
            value={chosenMin}
            aria-label="Least strength of a link"
            onChange={(event) => setChosenMin(Number(event.target.value))}
          />
          <output>{chosenMin.toFixed(2)}</output>
        </label>
        <label className="switch">
          <input
            type="checkbox"
            checked={hasLabels}
            onChange={(event) => setLabels(event.target.checked)}
          />
          Names
        </label>
        <Button kind="plain" small aria-pressed={isTable} onClick={() => setTable(!isTable)}>
          {isTable ? 'As a graph' : 'As a table'}
        </Button>
      </div>
      {isTable ? (
        <LinkTable {...{ characters, links, strengthMin, onOpen }} />
      ) : (
        <Suspense fallback={<Skeleton height="100%" />}>
          <NetworkGraph state={state} onSelect={onSelect} />
        </Suspense>
      )}
    </div>
  )
}

function LinkTable({
  characters,
  links,
  strengthMin,
  onOpen,
}: {
  readonly characters: readonly CharacterView[]
  readonly links: readonly LinkView[]
  readonly strengthMin: number
  readonly onOpen: (link: LinkView) => void
}): ReactNode {
  const names = new Map(characters.map(({ id, name }) => [id, name]))
  const shown = links
    .filter(({ strength }) => Math.abs(strength) >= strengthMin)
    .toSorted((a, b) => Math.abs(b.strength) - Math.abs(a.strength))
  return (
    <div className="network-table">
      {!canDraw && <p className="muted small">This browser cannot draw the graph.</p>}
      {shown.length > rowsMax && (
        <p className="muted small">
          The {rowsMax} strongest of {shown.length}.
        </p>
      )}
      <DataTable
        label="Relationships"
        rows={shown.slice(0, rowsMax)}
        keyOf={({ a, b }) => `${a} ${b}`}
        columns={[
          {
            title: 'Who',
            cell: (link) => (
              <button type="button" className="link-button" onClick={() => onOpen(link)}>
                {names.get(link.a)} – {names.get(link.b)}
              </button>
            ),
          },
          { title: 'What they are', cell: ({ type }) => sentence(type) },
          { title: 'Strength', end: true, cell: ({ strength }) => strength.toFixed(2) },
          { title: 'Trust', end: true, cell: ({ trust }) => trust.toFixed(2) },
          { title: 'Met', end: true, cell: ({ count }) => count },
        ]}
      />
    </div>
  )
}
