import { Button, Icon } from 'page-kit'
import type { ReactNode, RefObject } from 'react'
import { zoomMax, zoomMin } from './create-sigma.ts'
import { zoomStep, type NetworkView } from './network-view.ts'

/** Buttons that move the graph. */
export function NetworkTools({
  view,
  zoom,
}: {
  readonly view: RefObject<NetworkView | null>
  readonly zoom: number
}): ReactNode {
  return (
    <div className="network-tools">
      <Button
        kind="plain"
        small
        aria-label="Zoom out"
        disabled={zoom <= zoomMin}
        onClick={() => view.current?.zoomBy(1 / zoomStep)}
      >
        −
      </Button>
      <output className="network-zoom" aria-label="Zoom">
        {Math.round(zoom * 100)} %
      </output>
      <Button
        kind="plain"
        small
        aria-label="Zoom in"
        disabled={zoom >= zoomMax}
        onClick={() => view.current?.zoomBy(zoomStep)}
      >
        +
      </Button>
      <Button kind="plain" small onClick={() => void view.current?.fit()}>
        Fit
      </Button>
      <Button
        kind="plain"
        small
        aria-label="Arrange anew"
        title="Arrange anew"
        onClick={() => view.current?.arrange()}
      >
        <Icon name="sync" size={16} />
      </Button>
    </div>
  )
}
