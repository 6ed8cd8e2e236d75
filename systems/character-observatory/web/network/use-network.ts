import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react'
import { NetworkView, zoomStep, type NetworkState } from './network-view.ts'

/** The graph of a component, and what it tells of itself. */
export interface Network {
  readonly stage: RefObject<HTMLDivElement | null>
  readonly canvas: RefObject<HTMLDivElement | null>
  readonly view: RefObject<NetworkView | null>
  /** Who is pointed at, and where that is. */
  readonly marker: Marker | null
  readonly zoom: number
  readonly isArranging: boolean
  readonly shownLinks: number
}

interface Marker {
  readonly id: string
  readonly x: number
  readonly y: number
}

/** Keeps one graph for as long as the component is there, and gives it what has changed. */
export function useNetwork(state: NetworkState, onSelect: (id: string) => void): Network {
  const stage = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLDivElement>(null)
  const view = useRef<NetworkView>(null)
  const pointed = useRef<string>(null)
  const [marker, setMarker] = useState<Marker | null>(null)
  const [zoom, setZoom] = useState(1)
  const [isArranging, setArranging] = useState(false)
  const [shownLinks, setShownLinks] = useState(0)
  const point = useEffectEvent((id: string | null) => {
    pointed.current = id
    const place = id === null ? undefined : view.current?.placeOf(id)
    setMarker(id === null || place === undefined ? null : { id, ...place })
  })
  const select = useEffectEvent(onSelect)
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.target !== stage.current) return
    const to = stepped(event.key, state, pointed.current)
    if (to !== undefined) point(to)
    else if (event.key === 'Enter' && pointed.current !== null) select(pointed.current)
    else if (event.key === '+') view.current?.zoomBy(zoomStep)
    else if (event.key === '-') view.current?.zoomBy(1 / zoomStep)
    else if (event.key === 'Escape') point(null)
    else return
    event.preventDefault()
  })
  useEffect(() => {
    if (canvas.current === null) return undefined
    const made = new NetworkView(canvas.current, {
      onSelect: (id) => select(id),
      onHover: (id) => point(id),
      onMove(now) {
        setZoom(Math.round(now * 100) / 100)
        if (pointed.current !== null) point(pointed.current)
      },
      onLayout: setArranging,
    })
    view.current = made
    return () => {
      view.current = null
      made.end()
    }
  }, [])
  useEffect(() => {
    const element = stage.current
    const hear = (event: KeyboardEvent): void => press(event)
    element?.addEventListener('keydown', hear)
    return () => element?.removeEventListener('keydown', hear)
  }, [])
  useEffect(() => {
    view.current?.update(state)
    setShownLinks(view.current?.shownLinks ?? 0)
  }, [state])
  return { stage, canvas, view, marker, zoom, isArranging, shownLinks }
}

const steps: Readonly<Record<string, number>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
}

/** To whom an arrow key leads from somebody. */
function stepped(
  key: string,
  { characters }: NetworkState,
  from: string | null,
): string | undefined {
  const step = steps[key]
  if (step === undefined) return undefined
  const at = characters.findIndex(({ id }) => id === from)
  return characters.at(at < 0 ? 0 : (at + step) % characters.length)?.id
}
