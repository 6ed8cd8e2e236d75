import { createHash } from 'node:crypto'
import type { Actor, HttpClient } from 'etalon'
import { until } from './until.ts'

/** An export as it is answered. */
export interface Export {
  readonly id: string
  readonly project_id: string
  readonly status: string
  readonly manifest: { readonly files: readonly ManifestFile[] } | null
  readonly sha256: string | null
  readonly size_bytes: number | null
  readonly expires_at: string
  readonly download_count: number
  readonly attempt: number
  readonly created_by: string
  readonly created_at: string
}

export interface ManifestFile {
  readonly file: string
  readonly type: string
  readonly version: number
  readonly sha256: string
}

const madeWithinMs = 15_000

/** Asks for an export, and waits until it is made. */
export async function madeExport(owner: HttpClient, projectId: string): Promise<Export> {
  const { body } = await owner.post<Export>(`/projects/${projectId}/exports`).expect(202)
  let last = body
  const isDone = async (): Promise<boolean> => {
    last = (await owner.get<Export>(`/exports/${body.id}`).expect(200)).body
    return last.status !== 'pending' && last.status !== 'processing'
  }
  await until(isDone, madeWithinMs, 50)
  return last
}

/** A file as it came over the wire. */
export interface Download {
  readonly status: number
  readonly headers: Headers
  readonly bytes: Buffer
}

/** Downloads an export, byte for byte. */
export async function download(owner: Actor, id: string): Promise<Download> {
  const answer = await fetch(`${owner.baseUrl}/exports/${id}/download`, { headers: owner.headers })
  const { status, headers } = answer
  return { status, headers, bytes: Buffer.from(await answer.arrayBuffer()) }
}

export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}
