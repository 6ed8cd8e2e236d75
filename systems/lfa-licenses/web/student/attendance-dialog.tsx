import { useQuery } from '@tanstack/react-query'
import {
  Badge,
  Button,
  DataTable,
  Dialog,
  Empty,
  formatMoment,
  Loaded,
  sentence,
  SkeletonRows,
  type Tone,
} from 'page-kit'
import type { ReactNode } from 'react'
import { attendanceOf } from '../api.ts'

const tones: Readonly<Record<string, Tone>> = {
  PRESENT: 'good',
  LATE: 'warn',
  EXCUSED: 'info',
  ABSENT: 'bad',
}

/** The marks of one enrolment. */
export function AttendanceDialog({
  enrollmentId,
  name,
  onClose,
}: {
  readonly enrollmentId: number
  readonly name: string
  readonly onClose: () => void
}): ReactNode {
  const query = useQuery(attendanceOf(enrollmentId))
  return (
    <Dialog title={`Attendance: ${name}`} onClose={onClose}>
      <Loaded query={query} skeleton={<SkeletonRows count={4} />}>
        {(marks) =>
          marks.length === 0 ? (
            <Empty icon="check" title="No session has been marked yet" />
          ) : (
            <DataTable
              label="Marks"
              rows={marks}
              keyOf={({ attendance_id }) => attendance_id}
              columns={[
                { title: 'Session', cell: (_row) => marks.indexOf(_row) + 1 },
                {
                  title: 'Mark',
                  cell: ({ status }) => (
                    <Badge tone={tones[status] ?? 'plain'}>{sentence(status)}</Badge>
                  ),
                },
                {
                  title: 'Since',
                  cell: ({ checked_in_at }) => (checked_in_at ? formatMoment(checked_in_at) : '–'),
                },
                { title: 'XP', cell: ({ xp_earned }) => xp_earned || '–', end: true },
              ]}
            />
          )
        }
      </Loaded>
      <div className="form-actions">
        <Button kind="plain" onClick={onClose}>
          Close
        </Button>
      </div>
    </Dialog>
  )
}
