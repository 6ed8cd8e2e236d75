/** Tells the processes of a system under which name their event loops answer. */
export const eventLoopVariable = 'ETALON_EVENT_LOOP'

export const eventLoopPrefix = 'etalon-event-loop-'

/** Where the event loop of a process answers: a name of Linux's own, which leaves no file behind. */
export function eventLoopAddress(pid: number): string {
  return `\0${eventLoopPrefix}${pid}`
}
