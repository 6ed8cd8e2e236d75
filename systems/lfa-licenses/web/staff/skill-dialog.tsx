import { useQuery } from '@tanstack/react-query'
import { Button, Dialog, ErrorBanner, formatNumber, Loaded, SkeletonRows } from 'page-kit'
import { useState, type FormEvent, type ReactNode } from 'react'
import { client, playerLicense, type Card, type RosterView } from '../api.ts'
import { useChange } from '../change.ts'
import { skillNames } from '../specialization.ts'

type Skills = NonNullable<Card['skills']>

interface SkillDialogProps {
  readonly line: RosterView
  readonly onClose: () => void
}

/** Assesses the six skills of a player, beginning with what was assessed before. */
export function SkillDialog({ line, onClose }: SkillDialogProps): ReactNode {
  const query = useQuery({ ...playerLicense(line.license_id), staleTime: 0 })
  return (
    <Dialog title={`Skills of ${line.holder_name}`} onClose={onClose}>
      <Loaded query={query} skeleton={<SkeletonRows count={6} height="3.5rem" />}>
        {(license) => <SkillForm line={line} before={license} onClose={onClose} />}
      </Loaded>
    </Dialog>
  )
}

function SkillForm({
  line,
  before,
  onClose,
}: SkillDialogProps & { readonly before: Skills }): ReactNode {
  const [skills, setSkills] = useState<Skills>(() => pick(before))
  const assess = useChange({
    change: (body: Skills) =>
      client.send<{ readonly overall_avg: number }>(
        'PUT',
        `/lfa-player/licenses/${line.license_id}/skills`,
        { body },
      ),
    said: ({ overall_avg }) => `${line.holder_name}: ${formatNumber(overall_avg)} overall`,
    onDone: onClose,
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    assess.mutate(skills)
  }
  const mean = skillNames.reduce((sum, [key]) => sum + skills[key], 0) / skillNames.length
  return (
    <form className="form" onSubmit={submit}>
      {assess.error && <ErrorBanner error={assess.error} />}
      {skillNames.map(([key, name]) => (
        <div className="skill-field" key={key}>
          <label htmlFor={key}>{name}</label>
          <input
            className="input input-compact"
            style={{ width: '5.5rem' }}
            type="number"
            aria-label={`${name}, figure`}
            min={0}
            max={100}
            step={0.01}
            required
            value={skills[key]}
            onChange={(event) => setSkills({ ...skills, [key]: event.target.valueAsNumber || 0 })}
          />
          <input
            id={key}
            type="range"
            min={0}
            max={100}
            value={skills[key]}
            onChange={(event) => setSkills({ ...skills, [key]: event.target.valueAsNumber })}
          />
        </div>
      ))}
      <div className="form-actions row-between">
        <span className="muted">Overall {formatNumber(mean)}</span>
        <span className="row">
          <Button kind="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" busy={assess.isPending}>
            Save
          </Button>
        </span>
      </div>
    </form>
  )
}

function pick(license: Skills): Skills {
  return Object.fromEntries(skillNames.map(([key]) => [key, license[key]])) as unknown as Skills
}
