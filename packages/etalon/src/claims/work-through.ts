/**
 * Works through items, several at once. When work on one of them fails, no other is begun and those
 * under way are told to end before that is thrown on, so that nothing works behind the back of who
 * stops what they work with.
 *
 * @param signal ends the work from outside; every item is still handed out, to be told so
 */
export async function workThrough<Item>(
  items: readonly Item[],
  workers: number,
  signal: AbortSignal,
  work: (item: Item, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const failed = new AbortController()
  const end = AbortSignal.any([signal, failed.signal])
  const waiting = [...items]
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item, end)
    }
  }
  const endOthers = (error: unknown): never => {
    waiting.length = 0
    failed.abort(error)
    throw error
  }
  await Promise.allSettled(Array.from({ length: workers }, () => worker().catch(endOthers)))
  failed.signal.throwIfAborted()
}
