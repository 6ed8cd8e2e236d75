import { Button, Icon, sentence } from 'page-kit'
import type { ReactNode } from 'react'
import type { CharacterView, LinkView } from '../api.ts'
import { Avatar } from '../character/avatar.tsx'
import { EnergyBar } from '../character/energy-bar.tsx'

/** Who begins, who answers, and what they are to each other. */
export function Chosen({
  initiator,
  target,
  link,
  onSwap,
  onOpen,
}: {
  readonly initiator: CharacterView
  readonly target: CharacterView
  readonly link: LinkView | undefined
  readonly onSwap: () => void
  readonly onOpen: (link: LinkView) => void
}): ReactNode {
  return (
    <div className="chosen">
      <Side part="Initiator" character={initiator} />
      <div className="chosen-between">
        <Button kind="plain" small aria-label="Swap the two" title="Swap" onClick={onSwap}>
          <Icon name="sync" size={16} />
        </Button>
        {link ? (
          <button type="button" className="link-button small" onClick={() => onOpen(link)}>
            {sentence(link.type)}
          </button>
        ) : (
          <span className="muted small">Never met</span>
        )}
      </div>
      <Side part="Target" character={target} />
    </div>
  )
}

function Side({
  part,
  character: { id, name, social_energy },
}: {
  readonly part: string
  readonly character: CharacterView
}): ReactNode {
  return (
    <div className="chosen-side" role="group" aria-label={part}>
      <Avatar id={id} name={name} />
      <div>
        <span className="muted small">{part}</span>
        <strong>{name}</strong>
        <EnergyBar name={`${name}, ${part.toLowerCase()}`} energy={social_energy} />
      </div>
    </div>
  )
}
