import { Button, formatDay, formatNumber, Icon, Meter } from 'page-kit'
import { useId, useState, type ReactNode } from 'react'
import { Link } from 'wouter'
import type { Card, Progress } from '../api.ts'
import { Belt } from '../part/belt.tsx'
import { ValidityBadge } from '../part/validity-badge.tsx'
import { faces, skillNames } from '../specialization.ts'
import { HistoryDialog } from './history-dialog.tsx'
import { gapMeters } from './gap.ts'
import { RenewDialog } from './renew-dialog.tsx'
import { UnlockDialog } from './unlock-dialog.tsx'

type Opened = 'unlock' | 'renew' | 'history' | null

/** One specialization: what is held and what the next level takes, or how to begin. */
export function LicenseCard({
  card,
  progress,
}: {
  readonly card: Card
  readonly progress: Progress | undefined
}): ReactNode {
  const [opened, setOpened] = useState<Opened>(null)
  const titleId = useId()
  const face = faces[card.specialization_type]
  const isLocked = card.license_id === null
  const close = (): void => setOpened(null)
  return (
    <section
      className={`card license-card ${isLocked ? 'license-card-locked' : ''}`}
      style={{ ['--hue' as string]: face.hue }}
      aria-labelledby={titleId}
    >
      <div className="card-head">
        <div className="license-title">
          <span className="emblem">
            <Icon name={face.icon} size={22} />
          </span>
          <h2 id={titleId}>{face.name}</h2>
        </div>
        {card.status && <ValidityBadge status={card.status} daysRemaining={card.days_remaining} />}
      </div>
      {isLocked ? (
        <p className="muted">{face.about}</p>
      ) : (
        <div className="stack">
          {card.level && <Belt {...card.level} />}
          <Standing card={card} progress={progress} />
        </div>
      )}
      <div className="license-foot">
        {isLocked ? (
          <Button kind="plain" onClick={() => setOpened('unlock')}>
            <Icon name="lock" size={18} />
            Unlock
          </Button>
        ) : (
          <Foot card={card} onOpen={setOpened} />
        )}
      </div>
      {opened === 'unlock' && <UnlockDialog card={card} progress={progress} onClose={close} />}
      {opened === 'renew' && <RenewDialog card={card} onClose={close} />}
      {opened === 'history' && <HistoryDialog card={card} onClose={close} />}
    </section>
  )
}

function Standing({
  card,
  progress,
}: {
  readonly card: Card
  readonly progress: Progress | undefined
}): ReactNode {
  if (card.skills) {
    const { skills } = card
    return (
      <>
        <p>
          <span className="figure">{formatNumber(card.overall_avg ?? 0)}</span>{' '}
          <span className="muted">of 100 overall · {card.age_group?.toLowerCase()} group</span>
        </p>
        {skillNames.map(([key, name]) => (
          <Meter
            key={key}
            label={name}
            value={skills[key]}
            max={100}
            note={formatNumber(skills[key])}
          />
        ))}
      </>
    )
  }
  const meters = gapMeters(card, progress)
  const next = card.next_level
  if (meters.length === 0) return <p className="muted">The highest level has been reached.</p>
  return (
    <>
      {next && (
        <p className="small muted">
          Towards level {next.level}, {next.name.replaceAll('_', ' ').toLowerCase()}
        </p>
      )}
      {meters.map((meter) => (
        <Meter key={meter.label} {...meter} />
      ))}
    </>
  )
}

function Foot({
  card,
  onOpen,
}: {
  readonly card: Card
  readonly onOpen: (opened: Opened) => void
}): ReactNode {
  const { credit_balance, pending_credits, expires_at, status } = card
  const mayRenew = status === 'expiring_soon' || status === 'expired'
  return (
    <>
      <div className="license-facts">
        {credit_balance !== null && (
          <span>
            <Link href="/credits">{formatNumber(credit_balance)} credits</Link>
            {pending_credits !== null && pending_credits > 0 && (
              <span className="muted"> +{formatNumber(pending_credits)} waiting</span>
            )}
          </span>
        )}
        {expires_at && (
          <span className="muted">
            {status === 'expired' ? 'Expired' : 'Valid until'} {formatDay(expires_at)}
          </span>
        )}
      </div>
      <div className="row">
        {card.level && (
          <Button kind="plain" small onClick={() => onOpen('history')}>
            History
          </Button>
        )}
        {card.skills && (
          <Link className="button button-plain button-small" href="/skills">
            Skills
          </Link>
        )}
        {expires_at && (
          <Button kind={mayRenew ? 'primary' : 'plain'} small onClick={() => onOpen('renew')}>
            Renew
          </Button>
        )}
      </div>
    </>
  )
}
