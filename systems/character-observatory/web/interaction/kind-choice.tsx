import { sentence } from 'page-kit'
import type { ReactNode } from 'react'
import type { InteractionKind, InteractionType } from '../api.ts'
import { KindIcon } from './kind.tsx'

/** The kinds of interaction with what each costs. */
export function KindChoice({
  kinds,
  value,
  onChoose,
}: {
  readonly kinds: readonly InteractionKind[]
  readonly value: InteractionType
  readonly onChoose: (type: InteractionType) => void
}): ReactNode {
  return (
    <fieldset className="kinds">
      <legend className="visually-hidden">Kind of interaction</legend>
      {kinds.map(({ type, initiator_cost }) => (
        <label className="kind-choice" key={type}>
          <input
            type="radio"
            name="kind"
            value={type}
            checked={value === type}
            onChange={() => onChoose(type)}
          />
          <KindIcon kind={type} />
          <span>{sentence(type)}</span>
          <span className="kind-cost">−{Math.round(initiator_cost * 100)} %</span>
        </label>
      ))}
    </fieldset>
  )
}
