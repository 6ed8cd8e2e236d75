import { Button, ErrorBanner, Icon } from 'page-kit'
import { useState, type FormEvent, type ReactNode } from 'react'
import type { CharacterView, InteractionKind, InteractionType } from '../api.ts'
import { KindChoice } from './kind-choice.tsx'
import { obstacleOf } from './obstacle.ts'
import { suggestions } from './suggestion.ts'
import { useInteraction } from './use-interaction.ts'

/** What the first does and says; it cannot be sent where one of the two is too tired for it. */
export function InteractionForm({
  initiator,
  target,
  kinds,
}: {
  readonly initiator: CharacterView
  readonly target: CharacterView
  readonly kinds: readonly InteractionKind[]
}): ReactNode {
  const [type, setType] = useState<InteractionType>('greeting')
  const [content, setContent] = useState('')
  const sending = useInteraction({ initiator, target, onDone: () => setContent('') })
  const write = (text: string): void => {
    setContent(text)
    sending.begin()
  }
  const choose = (chosen: InteractionType): void => {
    setType(chosen)
    sending.begin()
  }
  const kind = kinds.find((one) => one.type === type)
  const obstacle = kind && obstacleOf(initiator, target, kind)
  const isReady = obstacle === undefined && content.trim() !== ''
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (isReady && !sending.isPending) sending.send(type, content.trim())
  }
  return (
    <form className="interaction-form" onSubmit={submit}>
      <KindChoice kinds={kinds} value={type} onChoose={choose} />
      <div className="suggestions" role="group" aria-label="Suggested messages">
        {suggestions[type].map((text) => (
          <button type="button" className="suggestion" key={text} onClick={() => write(text)}>
            {text}
          </button>
        ))}
      </div>
      {sending.error && <ErrorBanner error={sending.error} />}
      {obstacle && (
        <p className="energy-notice" role="status">
          <Icon name="warning" size={16} /> {obstacle}
        </p>
      )}
      <div className="interaction-send">
        <input
          className="input"
          aria-label={`What ${initiator.name} says`}
          placeholder={`What ${initiator.name} says`}
          maxLength={2_000}
          value={content}
          onChange={(event) => write(event.target.value)}
        />
        <Button type="submit" busy={sending.isPending} disabled={!isReady}>
          {sending.isPending ? 'Processing' : 'Send'}
        </Button>
      </div>
    </form>
  )
}
