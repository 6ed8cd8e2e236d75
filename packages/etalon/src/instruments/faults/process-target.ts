import type { FaultSpec, FaultTouch } from './fault.ts'

/** What faults of processes are injected into: a process with its children, or a server. */
export interface ProcessTarget {
  /** Connections that clients hold to it now. */
  connections(): number
  /** The processes that run now, the one that started the others first. */
  pids(): readonly number[]
  /** Ends all of it at once (SIGKILL); gives how many processes that were. */
  kill(): Promise<number>
  /** Asks for an orderly end and waits for it. */
  stop(): Promise<void>
  /** Stops all of it where it stands (SIGSTOP); gives the processes that stand still. */
  freeze(): Promise<readonly number[]>
  /** Lets processes go on that were frozen. */
  thaw(frozen: readonly number[]): void
  /** Lets each process take only so much memory more; gives what lifts the limit. */
  limitMemory(headroomBytes: number): () => void
  /** Lets all of it run for a share of the time only; gives what lifts the limit. */
  limitCpu(share: number): () => void
  /** Of Redis: lets it hold only so many bytes more. */
  readonly limitStore?: (headroomBytes: number, policy: string) => Promise<StoreLimit>
  /** Whether the process that was started last still runs. */
  isRunning(): boolean
  /** Starts it again on its port and its data; resolves when it is ready. */
  startAgain(): Promise<void>
}

/** A limit on what a store may hold, in force. */
export interface StoreLimit {
  /** How often it was felt: commands refused, keys evicted. */
  felt(): Promise<number>
  lift(): Promise<void>
}

/** A fault of processes at work. */
export interface ActiveProcessFault {
  readonly touch: FaultTouch
  /** What it has touched so far, where that has to be asked. */
  readonly look?: () => Promise<FaultTouch>
  /** Ends the fault; resolves when what was disturbed works again. */
  heal(): Promise<void>
}

/** Injects a fault of one kind into processes; it has happened when this resolves. */
export type ProcessFaultKind<Spec extends FaultSpec = FaultSpec> = (
  spec: Spec,
  target: ProcessTarget,
) => Promise<ActiveProcessFault>

/** What a fault of processes touches: the processes themselves, and who was connected to them. */
export function touchOf(processes: number, connections: number): FaultTouch {
  return { connections, messages: 0, bytes: 0, processes }
}

/** Starts a target again unless it runs, because its claim may have started it already. */
export async function revive(target: ProcessTarget): Promise<void> {
  if (!target.isRunning()) await target.startAgain()
}
