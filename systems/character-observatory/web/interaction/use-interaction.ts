import { useMutation } from '@tanstack/react-query'
import { ApiError, freshKey, useToast } from 'page-kit'
import { useRef } from 'react'
import {
  apiPath,
  service,
  type CharacterView,
  type InteractionResult,
  type InteractionType,
} from '../api.ts'

/** The sending of one interaction after another. */
export interface Sending {
  readonly isPending: boolean
  readonly error: Error | null
  send(type: InteractionType, content: string): void
  /** What is sent next is another interaction. */
  begin(): void
}

/** Sends what the first says to the second, and tells what was answered. */
export function useInteraction({
  initiator,
  target,
  onDone,
}: {
  readonly initiator: CharacterView
  readonly target: CharacterView
  readonly onDone: () => void
}): Sending {
  const say = useToast()
  const key = useRef<string>(null)
  const mutation = useMutation({
    mutationFn: ([type, content]: readonly [type: InteractionType, content: string]) =>
      service.client.send<InteractionResult>('POST', `${apiPath}/interactions`, {
        idempotencyKey: (key.current ??= freshKey()),
        body: {
          initiator_id: initiator.id,
          target_id: target.id,
          interaction_type: type,
          content,
        },
      }),
    onSuccess({ response }) {
      say(`${target.name}: ${response}`)
      onDone()
    },
    onSettled(_result, error) {
      // What got no answer may have happened: who tries it again means the same interaction.
      const isUnknown = error instanceof ApiError && error.status === 0
      if (!isUnknown) key.current = null
    },
  })
  const { isPending, error, mutate, reset } = mutation
  return {
    isPending,
    error,
    send: (type, content) => mutate([type, content]),
    begin() {
      key.current = null
      reset()
    },
  }
}
