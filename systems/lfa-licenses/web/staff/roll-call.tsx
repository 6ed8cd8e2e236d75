import {
  ApiError,
  Badge,
  Button,
  Card as Section,
  Choices,
  counted,
  ErrorBanner,
  formatMoment,
} from 'page-kit'
import { useState, type ReactNode } from 'react'
import { client, type RollCallView } from '../api.ts'
import { useChange } from '../change.ts'

const statuses = [
  ['PRESENT', 'Present'],
  ['LATE', 'Late'],
  ['EXCUSED', 'Excused'],
  ['ABSENT', 'Absent'],
] as const

type Status = (typeof statuses)[number][0]

/** What is about to be marked for one person. */
interface Mark {
  readonly status: Status
  readonly rating: string
  readonly quiz: string
}

/** How many marks were saved, and why the others were not. */
interface Outcome {
  readonly saved: number
  readonly refused: readonly { readonly name: string; readonly error: Error }[]
}

interface RollCallProps {
  readonly lines: readonly RollCallView[]
  readonly sessionId: number
  /** Whether presence earns XP, which the instructor's rating raises. */
  readonly isRated: boolean
  readonly hasQuiz: boolean
}

/** Collects the marks of a session and saves them together; presence cannot be taken back. */
export function RollCall({ lines, sessionId, isRated, hasQuiz }: RollCallProps): ReactNode {
  const [marks, setMarks] = useState<Readonly<Record<number, Mark>>>({})
  const save = useChange({
    change: (wanted: Readonly<Record<number, Mark>>) => saveMarks(wanted, sessionId, lines),
    said: ({ saved }) => `${counted(saved, 'mark')} saved`,
    onDone: () => setMarks({}),
  })
  const set = (userId: number, mark: Mark): void => setMarks({ ...marks, [userId]: mark })
  const open = lines.filter((line) => line.payment_verified && line.status !== 'PRESENT')
  const count = Object.keys(marks).length
  return (
    <div className="stack">
      {save.data?.refused.map(({ name, error }) => (
        <ErrorBanner key={name} error={named(name, error)} />
      ))}
      {save.error && <ErrorBanner error={save.error} />}
      <Section
        title={counted(lines.length, 'person', 'people')}
        flush
        aside={
          <Button
            kind="plain"
            small
            disabled={open.length === 0}
            onClick={() => setMarks(everyonePresent(open, marks))}
          >
            Everyone present
          </Button>
        }
      >
        <ul className="person-list">
          {lines.map((line) => (
            <PersonLine
              key={line.enrollment_id}
              line={line}
              mark={marks[line.user_id]}
              isRated={isRated}
              hasQuiz={hasQuiz && isRated}
              onMark={(mark) => set(line.user_id, mark)}
            />
          ))}
        </ul>
      </Section>
      <div className="save-bar">
        <span className="muted">
          {count === 0 ? 'Nothing to save yet' : `${counted(count, 'mark')} to save`}
        </span>
        <Button disabled={count === 0} busy={save.isPending} onClick={() => save.mutate(marks)}>
          Save the roll call
        </Button>
      </div>
    </div>
  )
}

function everyonePresent(
  open: readonly RollCallView[],
  marks: Readonly<Record<number, Mark>>,
): Record<number, Mark> {
  const fresh = (userId: number): Mark => ({
    ...(marks[userId] ?? { rating: '', quiz: '' }),
    status: 'PRESENT',
  })
  return Object.fromEntries(open.map(({ user_id }) => [user_id, fresh(user_id)]))
}

async function saveMarks(
  marks: Readonly<Record<number, Mark>>,
  sessionId: number,
  lines: readonly RollCallView[],
): Promise<Outcome> {
  const refused: { name: string; error: Error }[] = []
  let saved = 0
  for (const [userId, { status, rating, quiz }] of Object.entries(marks)) {
    const user_id = Number(userId)
    const earned = {
      ...(rating === '' ? {} : { instructor_rating: Number(rating) }),
      ...(quiz === '' ? {} : { quiz_score_percent: Number(quiz) }),
    }
    try {
      await client.send('POST', '/attendance', {
        body: { session_id: sessionId, user_id, status, ...(status === 'PRESENT' ? earned : {}) },
        idempotencyKey: crypto.randomUUID(),
      })
      saved += 1
    } catch (error) {
      const name = lines.find((line) => line.user_id === user_id)?.name ?? userId
      refused.push({ name, error: error as Error })
    }
  }
  return { saved, refused }
}

function named(name: string, error: Error): Error {
  const told = error instanceof ApiError ? error : undefined
  return new ApiError({
    code: told?.code ?? 'UNREADABLE',
    status: told?.status ?? 0,
    message: `${name}: ${error.message}`,
    hint: told?.hint,
  })
}

function PersonLine({
  line,
  mark,
  isRated,
  hasQuiz,
  onMark,
}: {
  readonly line: RollCallView
  readonly mark: Mark | undefined
  readonly isRated: boolean
  readonly hasQuiz: boolean
  readonly onMark: (mark: Mark) => void
}): ReactNode {
  const shown = mark ?? { status: null, rating: '', quiz: '' }
  const change = (part: Partial<Mark>): void =>
    onMark({ ...shown, status: shown.status ?? line.status ?? 'PRESENT', ...part })
  const isMarked = line.status === 'PRESENT'
  return (
    <li className="person-line">
      <span className="person-name">
        <strong>{line.name}</strong>
        {line.checked_in_at && (
          <span className="small muted">since {formatMoment(line.checked_in_at)}</span>
        )}
      </span>
      {!line.payment_verified && <Badge tone="warn">Payment is awaited</Badge>}
      {isMarked && <Badge tone="good">Present</Badge>}
      {line.payment_verified && !isMarked && (
        <span className="row">
          {shown.status === 'PRESENT' && isRated && (
            <Rating
              name={line.name}
              value={shown.rating}
              onChange={(rating) => change({ rating })}
            />
          )}
          {shown.status === 'PRESENT' && hasQuiz && (
            <input
              className="input input-compact"
              style={{ width: '7rem' }}
              type="number"
              min={0}
              max={100}
              placeholder="Quiz %"
              aria-label={`Quiz score of ${line.name} in percent`}
              value={shown.quiz}
              onChange={(event) => change({ quiz: event.target.value })}
            />
          )}
          <Choices
            label={`Mark of ${line.name}`}
            name={`mark-${line.user_id}`}
            options={statuses}
            value={shown.status ?? line.status}
            onChoose={(status) => change({ status })}
          />
        </span>
      )}
    </li>
  )
}

function Rating({
  name,
  value,
  onChange,
}: {
  readonly name: string
  readonly value: string
  readonly onChange: (value: string) => void
}): ReactNode {
  return (
    <select
      className="input input-compact"
      aria-label={`Rating of ${name}`}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">No rating</option>
      {[5, 4, 3, 2, 1, 0].map((rating) => (
        <option key={rating} value={rating}>
          Rating {rating}
        </option>
      ))}
    </select>
  )
}
