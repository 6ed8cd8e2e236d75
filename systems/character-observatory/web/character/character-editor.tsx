import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  Button,
  Confirm,
  Dialog,
  ErrorBanner,
  Field,
  formValues,
  problemOf,
  sentence,
  TextArea,
} from 'page-kit'
import { useState, type FormEvent, type ReactNode } from 'react'
import { apiPath, charactersOf, service, type CharacterView } from '../api.ts'
import { traits } from './trait.ts'

const { client } = service
const path = `${apiPath}/characters`

/** Makes a character or changes one; five sliders are its personality. */
export function CharacterEditor({
  ecosystem,
  character,
  onClose,
}: {
  readonly ecosystem: string
  /** Nothing makes a new one. */
  readonly character: CharacterView | null
  readonly onClose: () => void
}): ReactNode {
  const queryClient = useQueryClient()
  const save = useMutation({
    mutationFn: (body: object) =>
      character === null
        ? client.send('POST', path, { body: { ...body, ecosystem_id: ecosystem } })
        : client.send('PATCH', `${path}/${character.id}`, { body }),
    onSuccess: () => done(),
  })
  const done = async (): Promise<void> => {
    onClose()
    await queryClient.invalidateQueries(charactersOf(ecosystem))
  }
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const { name, description, ...rest } = formValues(event.currentTarget)
    const personality = Object.fromEntries(traits.map((trait) => [trait, Number(rest[trait])]))
    save.mutate({ name, description, personality_traits: personality })
  }
  return (
    <Dialog title={character ? `Edit ${character.name}` : 'New character'} onClose={onClose}>
      <form className="form" onSubmit={submit}>
        <EditorFields character={character} error={save.error} />
        <div className="form-actions">
          <Button kind="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" busy={save.isPending}>
            {character ? 'Save' : 'Make'}
          </Button>
        </div>
      </form>
      {character && <Actions character={character} onDone={done} />}
    </Dialog>
  )
}

function EditorFields({
  character,
  error,
}: {
  readonly character: CharacterView | null
  readonly error: Error | null
}): ReactNode {
  return (
    <>
      {error && <ErrorBanner error={error} />}
      <Field
        label="Name"
        name="name"
        required
        maxLength={255}
        defaultValue={character?.name}
        problem={problemOf(error, 'name')}
      />
      <TextArea
        label="Who they are"
        name="description"
        required
        rows={2}
        defaultValue={character?.description}
        problem={problemOf(error, 'description')}
      />
      <fieldset className="traits">
        <legend>Personality</legend>
        {traits.map((trait) => (
          <TraitSlider
            key={trait}
            name={trait}
            value={character?.personality_traits[trait] ?? 0.5}
          />
        ))}
      </fieldset>
    </>
  )
}

function TraitSlider({
  name,
  value,
}: {
  readonly name: string
  readonly value: number
}): ReactNode {
  const [now, setNow] = useState(value)
  return (
    <label className="trait-slider">
      <span>{sentence(name)}</span>
      <input
        type="range"
        name={name}
        min={0}
        max={1}
        step={0.01}
        value={now}
        onChange={(event) => setNow(Number(event.target.value))}
      />
      <output>{now.toFixed(2)}</output>
    </label>
  )
}

/** What else can be done with a character: a quarter of its energy back, or its end. */
function Actions({
  character: { id, name },
  onDone,
}: {
  readonly character: CharacterView
  readonly onDone: () => Promise<void>
}): ReactNode {
  const rest = useMutation({
    mutationFn: () => client.send('POST', `${path}/${id}/rest`),
    onSuccess: onDone,
  })
  const remove = useMutation({
    mutationFn: () => client.send('DELETE', `${path}/${id}`),
    onSuccess: onDone,
  })
  const [isLeaving, setLeaving] = useState(false)
  return (
    <div className="stack editor-actions">
      {rest.error && <ErrorBanner error={rest.error} />}
      <div className="row">
        <Button kind="plain" busy={rest.isPending} onClick={() => rest.mutate()}>
          Let rest
        </Button>
        <Button kind="danger" onClick={() => setLeaving(true)}>
          Delete
        </Button>
      </div>
      {isLeaving && (
        <Confirm
          title={`Delete ${name}?`}
          action="Delete"
          danger
          busy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate()}
          onClose={() => setLeaving(false)}
        >
          <p>{name} leaves for good, and nobody knows them any more.</p>
        </Confirm>
      )}
    </div>
  )
}
