import { useQuery } from '@tanstack/react-query'
import {
  Button,
  Card as Section,
  DataTable,
  Empty,
  formatNumber,
  Loaded,
  PageHead,
  Pager,
  Select,
  SkeletonRows,
} from 'page-kit'
import { useDeferredValue, useState, type ReactNode } from 'react'
import { roster, type RosterView, type Specialization } from '../api.ts'
import { faces } from '../specialization.ts'
import { SkillDialog } from './skill-dialog.tsx'
import { CompetitionDialog, HoursDialog, XpDialog } from './record-dialog.tsx'

type Entry = 'skills' | 'competition' | 'hours' | 'xp'

interface Opened {
  readonly entry: Entry
  readonly line: RosterView
}

const entriesOf: Readonly<Record<Specialization, readonly (readonly [Entry, string])[]>> = {
  LFA_PLAYER: [['skills', 'Assess skills']],
  GANCUJU: [
    ['competition', 'Competition'],
    ['hours', 'Teaching hours'],
  ],
  INTERNSHIP: [['xp', 'Grant XP']],
  COACH: [['hours', 'Hours']],
}

/** Licences that the caller teaches, and what can be entered for each. */
export function StudentsPage(): ReactNode {
  const [specialization, setSpecialization] = useState('')
  const [search, setSearch] = useState('')
  const [page, setPage] = useState(1)
  const [opened, setOpened] = useState<Opened | null>(null)
  const sought = useDeferredValue(search.trim())
  const query = useQuery({
    ...roster({ specialization, search: sought, page, page_size: 25 }),
    placeholderData: (previous) => previous,
  })
  const close = (): void => setOpened(null)
  return (
    <>
      <PageHead title="Students">
        Those enrolled where you teach. What you enter counts at once.
      </PageHead>
      <div className="stack">
        <div className="grid" style={{ ['--column' as string]: '14rem' }}>
          <Select
            label="Specialization"
            value={specialization}
            options={[
              ['', 'All'],
              ...Object.entries(faces).map(([id, { name }]) => [id, name] as const),
            ]}
            onChange={(event) => {
              setSpecialization(event.target.value)
              setPage(1)
            }}
          />
          <div className="field">
            <label htmlFor="search">Name</label>
            <input
              id="search"
              className="input"
              type="search"
              value={search}
              onChange={(event) => {
                setSearch(event.target.value)
                setPage(1)
              }}
            />
          </div>
        </div>
        <Section title="Licences" flush>
          <Loaded query={query} skeleton={<SkeletonRows count={6} />}>
            {({ items, total, page_size }) =>
              items.length === 0 ? (
                <Empty icon="people" title="Nobody found">
                  Students appear here once they are enrolled in a semester that you teach.
                </Empty>
              ) : (
                <>
                  <Roster lines={items} onOpen={setOpened} />
                  <Pager page={page} pageSize={page_size} total={total} onPage={setPage} />
                </>
              )
            }
          </Loaded>
        </Section>
      </div>
      {opened?.entry === 'skills' && <SkillDialog line={opened.line} onClose={close} />}
      {opened?.entry === 'competition' && <CompetitionDialog line={opened.line} onClose={close} />}
      {opened?.entry === 'hours' && <HoursDialog line={opened.line} onClose={close} />}
      {opened?.entry === 'xp' && <XpDialog line={opened.line} onClose={close} />}
    </>
  )
}

function Roster({
  lines,
  onOpen,
}: {
  readonly lines: readonly RosterView[]
  readonly onOpen: (opened: Opened) => void
}): ReactNode {
  return (
    <DataTable
      label="Licences of students"
      rows={lines}
      keyOf={({ license_id }) => license_id}
      columns={[
        { title: 'Name', cell: ({ holder_name }) => <strong>{holder_name}</strong> },
        { title: 'Specialization', cell: (line) => faces[line.specialization_type].name },
        { title: 'Standing', cell: standing },
        {
          title: 'Enter',
          cell: (line) => (
            <span className="row">
              {entriesOf[line.specialization_type].map(([entry, name]) => (
                <Button key={entry} kind="plain" small onClick={() => onOpen({ entry, line })}>
                  {name}
                  <span className="visually-hidden"> of {line.holder_name}</span>
                </Button>
              ))}
            </span>
          ),
        },
      ]}
    />
  )
}

function standing(line: RosterView): string {
  const level = `Level ${line.current_level ?? 1}`
  switch (line.specialization_type) {
    case 'LFA_PLAYER':
      return `${formatNumber(line.overall_avg ?? 0)} overall`
    case 'GANCUJU':
      return `${level}, ${formatNumber(line.win_rate ?? 0)}% won, ${line.teaching_hours ?? 0} h taught`
    case 'INTERNSHIP':
      return `${level}, ${formatNumber(line.total_xp ?? 0)} XP`
    case 'COACH':
      return `${level}, ${line.theory_hours ?? 0} h theory, ${line.practice_hours ?? 0} h practice`
  }
}
