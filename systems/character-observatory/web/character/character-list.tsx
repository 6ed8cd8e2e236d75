import { Button, counted, Empty } from 'page-kit'
import { useDeferredValue, useState, type ReactNode } from 'react'
import type { CharacterView } from '../api.ts'
import type { Selection } from '../observatory/selection.ts'
import { CharacterCard } from './character-card.tsx'

const shownAtFirst = 60
/** With fewer a search is in the way. */
const searchFrom = 9

/** All characters, to be looked through and selected. */
export function CharacterList({
  characters,
  selection,
  onSelect,
  onEdit,
}: {
  readonly characters: readonly CharacterView[]
  readonly selection: Selection
  readonly onSelect: (id: string) => void
  /** Nothing for who may only look. */
  readonly onEdit: ((character: CharacterView | null) => void) | undefined
}): ReactNode {
  const [text, setText] = useState('')
  const [shownMax, setShownMax] = useState(shownAtFirst)
  const wanted = useDeferredValue(text.trim().toLowerCase())
  if (characters.length === 0) {
    return (
      <Empty
        icon="people"
        title="Nobody lives here yet"
        action={onEdit && <Button onClick={() => onEdit(null)}>Make the first character</Button>}
      >
        Two characters are enough to begin.
      </Empty>
    )
  }
  const found = characters.filter(({ name }) => name.toLowerCase().includes(wanted))
  return (
    <>
      {characters.length >= searchFrom && (
        <input
          className="input input-compact"
          type="search"
          placeholder="Find by name"
          aria-label="Find a character by name"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <ul className="character-list" aria-label="Characters">
        {found.slice(0, shownMax).map((character) => (
          <CharacterCard
            key={character.id}
            character={character}
            place={selection.indexOf(character.id) + 1}
            onSelect={onSelect}
            onEdit={onEdit}
          />
        ))}
      </ul>
      {found.length === 0 && <p className="muted small">Nobody is called that.</p>}
      {found.length > shownMax && (
        <Button kind="plain" small onClick={() => setShownMax(shownMax + shownAtFirst)}>
          {`Show more of ${counted(found.length, 'character')}`}
        </Button>
      )}
    </>
  )
}
