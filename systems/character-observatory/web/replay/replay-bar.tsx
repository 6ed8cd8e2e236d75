import { Button, formatClock, formatDay, formatNumber, Icon, Loaded, Skeleton } from 'page-kit'
import type { ReactNode } from 'react'
import type { History } from './history.ts'
import type { Replay } from './use-replay.ts'

/** Goes through what happened, by pointer and keys; the panels show how it was. */
export function ReplayBar({ replay }: { readonly replay: Replay }): ReactNode {
  return (
    <section className="card replay" aria-label="Replay">
      <Loaded query={replay.query} skeleton={<Skeleton height="2.5rem" />}>
        {(history) => <Slider replay={replay} history={history} />}
      </Loaded>
      <Button small onClick={replay.close}>
        Back to live
      </Button>
    </section>
  )
}

/** Begins to look back. */
export function ReplayButton({ onPress }: { readonly onPress: () => void }): ReactNode {
  return (
    <Button kind="plain" small onClick={onPress}>
      <Icon name="clock" size={16} /> Replay
    </Button>
  )
}

function Slider({
  replay: { count, isPlaying, goTo, play, pause },
  history: { events },
}: {
  readonly replay: Replay
  readonly history: History
}): ReactNode {
  const moment = momentOf(events[count - 1]?.timestamp)
  const text = `Event ${formatNumber(count)} of ${formatNumber(events.length)}${moment}`
  return (
    <div className="replay-controls">
      <Button
        kind="plain"
        small
        disabled={events.length === 0}
        aria-label={isPlaying ? 'Pause' : 'Play'}
        onClick={isPlaying ? pause : play}
      >
        <Icon name={isPlaying ? 'pause' : 'play'} size={16} />
      </Button>
      <input
        type="range"
        className="replay-slider"
        min={0}
        max={events.length}
        value={count}
        aria-label="Moment"
        aria-valuetext={text}
        onChange={(event) => goTo(Number(event.target.value))}
      />
      <span className="replay-moment">{text}</span>
    </div>
  )
}

function momentOf(timestamp: string | undefined): string {
  if (timestamp === undefined) return ', before it began'
  return `, ${formatDay(timestamp)}, ${formatClock(new Date(timestamp))}`
}
