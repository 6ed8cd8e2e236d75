/** Work that is done again and again until it is stopped. */
export interface Schedule {
  /** Starts no further round and waits for the one under way. */
  stop(): Promise<void>
}

/**
 * Does `work` every `intervalMs`, the first time after one interval. Rounds never overlap; a round
 * that fails is given to `onError` and the next one comes all the same.
 */
export function every(
  intervalMs: number,
  work: () => Promise<unknown>,
  onError: (error: unknown) => void,
): Schedule {
  let stopped = false
  let underWay: Promise<unknown> = Promise.resolve()
  let timer = setTimeout(round, intervalMs)

  function round(): void {
    underWay = work()
      .catch(onError)
      .then(() => {
        if (!stopped) timer = setTimeout(round, intervalMs)
      })
  }

  return {
    async stop() {
      stopped = true
      clearTimeout(timer)
      await underWay
    },
  }
}
