import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useDeferredValue, useEffect, useMemo, useState } from 'react'
import { historyOf, type History } from './history.ts'
import { pastAt, type Past } from './past.ts'

/** A look back at an ecosystem. */
export interface Replay {
  readonly isOpen: boolean
  readonly query: UseQueryResult<History>
  /** Events that have happened at the moment that is chosen. */
  readonly count: number
  readonly isPlaying: boolean
  /** How it was then; nothing while the page shows what is now. */
  readonly past: Past | null
  readonly open: () => void
  /** Goes back to what is now. */
  readonly close: () => void
  readonly goTo: (count: number) => void
  /** Lets it run from where it is, or from the beginning where it has ended. */
  readonly play: () => void
  readonly pause: () => void
}

const eventsPlayedPerSecond = 8

/** The replay of an ecosystem; its history is read anew each time it is opened. */
export function useReplay(ecosystem: string): Replay {
  const [openedAtMs, setOpenedAtMs] = useState<number | null>(null)
  const [chosen, setChosen] = useState<number | null>(null)
  const [isStarted, setStarted] = useState(false)
  const isOpen = openedAtMs !== null
  const query = useQuery({
    ...historyOf(ecosystem, openedAtMs ?? 0),
    enabled: isOpen,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
  const history = isOpen ? query.data : undefined
  const last = history?.events.length ?? 0
  const count = Math.min(chosen ?? last, last)
  const shown = useDeferredValue(count)
  const past = useMemo(() => (history ? pastAt(history, shown) : null), [history, shown])
  const isPlaying = isStarted && count < last
  useEffect(() => {
    if (!isPlaying) return undefined
    const timer = setTimeout(() => setChosen(count + 1), 1_000 / eventsPlayedPerSecond)
    return () => clearTimeout(timer)
  }, [isPlaying, count])
  const goTo = (to: number): void => {
    setStarted(false)
    setChosen(to)
  }
  return {
    isOpen,
    query,
    count,
    isPlaying,
    past,
    open: () => setOpenedAtMs(Date.now()),
    close() {
      setOpenedAtMs(null)
      setStarted(false)
      setChosen(null)
    },
    goTo,
    play() {
      goTo(count < last ? count : 0)
      setStarted(true)
    },
    pause: () => setStarted(false),
  }
}
