import { counted, formatNumber } from 'page-kit'
import type { ReactNode } from 'react'
import { NetworkTools } from './network-tools.tsx'
import type { NetworkState } from './network-view.ts'
import { nodeText } from './node-text.ts'
import { useNetwork } from './use-network.ts'

/** The graph with what one needs to use it by pointer, touch and keyboard. */
export default function NetworkGraph({
  state,
  onSelect,
}: {
  readonly state: NetworkState
  readonly onSelect: (id: string) => void
}): ReactNode {
  const { stage, canvas, view, marker, zoom, isArranging, shownLinks } = useNetwork(state, onSelect)
  const { characters, links } = state
  const people = counted(characters.length, 'character')
  const shown = `${formatNumber(shownLinks)} of ${counted(links.length, 'link')} shown`
  return (
    <>
      <div
        className="network-stage"
        ref={stage}
        role="application"
        aria-label={`Graph: ${people}, ${shown}. Arrow keys go through the characters, Enter selects, + and - zoom.`}
        tabIndex={0}
        data-arranging={isArranging}
      >
        <div className="network-canvas" ref={canvas} />
        {marker && (
          <div className="network-marker" style={{ left: marker.x, top: marker.y }}>
            <span className="network-tip" role="status">
              {nodeText(marker.id, state)}
            </span>
          </div>
        )}
      </div>
      <div className="network-foot">
        <p className="muted small">
          {people}, {shown}
        </p>
        <NetworkTools view={view} zoom={zoom} />
      </div>
    </>
  )
}
