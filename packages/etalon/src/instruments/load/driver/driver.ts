import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { EtalonError } from '../../../kernel/errors.ts'
import type { LoadPlan } from '../plan.ts'
import type {
  DriverMessage,
  DriverReport,
  DriverTask,
  LoadProgress,
  SealedSecond,
} from './driver-message.ts'

/** Everything a driver has measured. */
export interface Driven {
  readonly seconds: readonly SealedSecond[]
  readonly report: DriverReport
  /** When the measured part began, on the system's monotonic clock, in milliseconds. */
  readonly measuredFromMs: number
}

export interface DriveOptions {
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: LoadProgress) => void) | undefined
}

const driverProcess = fileURLToPath(new URL('driver-process.ts', import.meta.url))

/**
 * Drives a load in a process of its own, to its end.
 *
 * @throws ETALON_LOAD_DRIVER_FAILED when the process could not do it
 */
export async function drive(plan: LoadPlan, options: DriveOptions = {}): Promise<Driven> {
  options.signal?.throwIfAborted()
  const child = fork(driverProcess, {
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const stop = (): void => {
    child.kill('SIGKILL')
  }
  options.signal?.addEventListener('abort', stop, { once: true })
  const seconds: SealedSecond[] = []
  let report: DriverReport | undefined
  let problem = 'it ended before it had reported'
  let measuredFromMs = 0
  child.on('message', (message: DriverMessage) => {
    switch (message.event) {
      case 'began':
        measuredFromMs = message.measuredFromMs
        break
      case 'sealed':
        seconds.push(message.sealed)
        break
      case 'progress':
        options.onProgress?.(message.progress)
        break
      case 'ended':
        report = message.report
        break
      case 'problem':
        problem = message.problem
        break
    }
  })
  const ended = new Promise<void>((resolve, reject) => {
    child.once('close', () => resolve())
    child.once('error', reject)
  })
  child.send({ plan } satisfies DriverTask)
  try {
    await ended
  } finally {
    options.signal?.removeEventListener('abort', stop)
  }
  options.signal?.throwIfAborted()
  if (!report) throw new EtalonError('ETALON_LOAD_DRIVER_FAILED', { problem })
  return { seconds, report, measuredFromMs }
}
