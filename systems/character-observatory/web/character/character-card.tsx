import { Badge, Button, counted, Icon } from 'page-kit'
import { memo, type ReactNode } from 'react'
import type { CharacterView } from '../api.ts'
import { Avatar } from './avatar.tsx'
import { EnergyBar } from './energy-bar.tsx'
import { dominantTrait, traitWords } from './trait.ts'

/** One character of the list; its name is the button that selects it. */
export const CharacterCard = memo(function CharacterCard({
  character,
  place,
  onSelect,
  onEdit,
}: {
  readonly character: CharacterView
  /** 1 or 2 where it is selected, 0 where it is not. */
  readonly place: number
  readonly onSelect: (id: string) => void
  readonly onEdit: ((character: CharacterView) => void) | undefined
}): ReactNode {
  const { id, name, social_energy, interaction_count, is_active } = character
  const trait = dominantTrait(character.personality_traits)
  return (
    <li className="character" data-id={id} data-place={place}>
      <span className="character-face">
        <Avatar id={id} name={name} />
        {place > 0 && (
          <span className="place" aria-hidden="true">
            {place}
          </span>
        )}
      </span>
      <div className="character-text">
        <button
          type="button"
          className="character-name"
          aria-pressed={place > 0}
          aria-label={place > 0 ? `${name}, selected ${place}` : name}
          onClick={() => onSelect(id)}
        >
          {name}
        </button>
        <EnergyBar name={name} energy={social_energy} />
        <div className="character-facts">
          <span className="muted small">{counted(interaction_count, 'interaction')}</span>
          {trait && <span className="trait">{traitWords[trait]}</span>}
          {!is_active && <Badge tone="plain">Inactive</Badge>}
        </div>
      </div>
      {onEdit && (
        <Button
          kind="quiet"
          small
          className="character-edit"
          aria-label={`Edit ${name}`}
          title="Edit"
          onClick={() => onEdit(character)}
        >
          <Icon name="wrench" size={16} />
        </Button>
      )}
    </li>
  )
})
