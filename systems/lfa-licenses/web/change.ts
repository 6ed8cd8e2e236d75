import { useMutation, useQueryClient, type UseMutationResult } from '@tanstack/react-query'
import { freshKey, useToast } from 'page-kit'
import { useRef } from 'react'

/**
 * Something that a user does: sent with a key of its own, so that trying again counts once; when it
 * is done, says so and reads anew what is on the page.
 */
export function useChange<Input, Answer>({
  change,
  said,
  onDone,
}: {
  readonly change: (input: Input, idempotencyKey: string) => Promise<Answer>
  /** What to tell the user about it. */
  readonly said?: (answer: Answer, input: Input) => string
  readonly onDone?: (answer: Answer) => void
}): UseMutationResult<Answer, Error, Input> {
  const queryClient = useQueryClient()
  const say = useToast()
  const key = useRef<string>(undefined)
  return useMutation({
    mutationFn: (input: Input) => {
      key.current ??= freshKey()
      return change(input, key.current)
    },
    onSuccess: async (answer, input) => {
      key.current = undefined
      if (said) say(said(answer, input))
      onDone?.(answer)
      await queryClient.invalidateQueries()
    },
    onError: (error) => {
      // A refusal was an answer; the next try is another intention.
      if ('status' in error && error.status !== 0) key.current = undefined
    },
  })
}
