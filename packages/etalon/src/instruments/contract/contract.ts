import { Pool } from 'undici'
import type { OpenApiDocument } from '../openapi.ts'
import type { Session } from '../session.ts'
import type { ContractOptions, ContractRun } from './contract-run.ts'
import type { Line } from './exchange.ts'

/** Tries a system's API against its own OpenAPI document. */
export interface Contract {
  /** Sends generated requests of every operation and judges every answer. */
  tryAll(options: ContractOptions): Promise<ContractRun>
}

const timeoutMs = 60_000
/** Opens the instrument. */
export function createContract(session: Session, baseUrl: string): Contract {
  return {
    tryAll: async (options) => {
      const { origin, pathname } = new URL(baseUrl)
      const inFlight = options.inFlight ?? 12
      const dispatcher = new Pool(origin, { connections: inFlight, keepAliveTimeout: 30_000 })
      try {
        const line: Line = {
          dispatcher,
          basePath: pathname.replace(/\/$/, ''),
          credentials: options.credentials,
          timeoutMs,
          signal: session.signal,
        }
        const document = await readDocument(line, options.documentPath ?? '/openapi.json')
        // Generating and checking take libraries that only those load who try a contract.
        const { runOf } = await import('./trial.ts')
        return await runOf({ session, baseUrl, line, document, options, inFlight })
      } finally {
        await dispatcher.destroy()
      }
    },
  }
}

async function readDocument(line: Line, path: string): Promise<OpenApiDocument> {
  const { statusCode, body } = await line.dispatcher.request({
    method: 'GET',
    path: line.basePath + path,
  })
  if (statusCode !== 200) throw new RangeError(`${path} answers ${statusCode}, and no document`)
  return (await body.json()) as OpenApiDocument
}
