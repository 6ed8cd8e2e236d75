import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { within } from '../kernel/clock.ts'
import { EtalonError } from '../kernel/errors.ts'
import type {
  Catalogue,
  CataloguedClaim,
  CataloguedDefect,
  CollectorJob,
  CollectorMessage,
} from './catalogue.ts'

const collectorProcess = fileURLToPath(new URL('collector-process.ts', import.meta.url))
const loadTimeoutMs = 60_000

/**
 * Learns what claim and defect files declare, without running anything of them but their top level.
 *
 * @throws ETALON_CLAIM_FILE_UNREADABLE, ETALON_DEFECT_INVALID, naming the file
 */
export async function collect(job: CollectorJob): Promise<Catalogue> {
  const child = fork(collectorProcess, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  const progress: Progress = { loading: '', stderr: '' }
  const hung = (): EtalonError =>
    unreadable(progress.loading, `loading it did not end within ${loadTimeoutMs / 1_000} s`)
  try {
    return await within(listen(child, job, progress), loadTimeoutMs, hung)
  } finally {
    child.kill('SIGKILL')
  }
}

/** How far the collector has come, for the error when it goes no further. */
interface Progress {
  loading: string
  stderr: string
}

function listen(child: ChildProcess, job: CollectorJob, progress: Progress): Promise<Catalogue> {
  const claims: CataloguedClaim[] = []
  const defects: CataloguedDefect[] = []
  child.stdout?.resume()
  child.stderr?.on('data', (chunk: Buffer) => {
    progress.stderr = (progress.stderr + chunk.toString()).slice(-2_000)
  })
  return new Promise((resolve, reject) => {
    child.on('message', (message: CollectorMessage) => {
      switch (message.kind) {
        case 'loading':
          progress.loading = message.file
          break
        case 'claims':
          claims.push(...message.claims)
          break
        case 'defect':
          defects.push(message.defect)
          break
        case 'unreadable':
          reject(unreadable(message.file, message.problem))
          break
        case 'done':
          resolve({ claims, defects })
          break
      }
    })
    child.once('exit', (code) => {
      const detail = progress.stderr.trim().split('\n').slice(-3).join(' ')
      reject(
        unreadable(progress.loading, `loading it ended the process with code ${code} ${detail}`),
      )
    })
    child.send(job)
  })
}

function unreadable(file: string, problem: string): EtalonError {
  return file.endsWith('.defect.ts')
    ? new EtalonError('ETALON_DEFECT_INVALID', { file, problem })
    : new EtalonError('ETALON_CLAIM_FILE_UNREADABLE', { file, problem })
}
