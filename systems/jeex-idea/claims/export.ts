import { createHash } from 'node:crypto'
import { type Actor, eventually, type HttpClient } from 'etalon'
import type { Listed } from './project.ts'
import { atOnce } from './refusal.ts'

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
  const [made] = await madeExports(owner, projectId, 1)
  return made as Export
}

/** Asks for so many exports at once, and waits until all of them are made. */
export async function madeExports(
  owner: HttpClient,
  projectId: string,
  times: number,
): Promise<Export[]> {
  const path = `/projects/${projectId}/exports`
  const asked = await atOnce(times, () => owner.post<Export>(path).expect(202))
  const ids = new Set(asked.map(({ body }) => body.id))
  let made: Export[] = []
  const isDone = async (): Promise<boolean> => {
    const { body } = await owner.get<Listed<Export>>(`${path}?per_page=100`).expect(200)
    made = body.items.filter(({ id }) => ids.has(id))
    return made.every(({ status }) => status !== 'pending' && status !== 'processing')
  }
  await eventually(isDone, madeWithinMs)
  return made
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
