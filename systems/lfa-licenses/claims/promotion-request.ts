import type { HttpClient, HttpResponse } from 'etalon'
import type { PendingResponse } from 'etalon/http'
import { placeOf } from './license.ts'

/** Something that a level takes and that a licence does not have yet. */
export interface Gap {
  readonly requirement: string
  readonly needed: number | string
  readonly actual: number | string | null
}

/** Asks for the next level of a licence. */
export function askPromotion<Body>(
  by: HttpClient,
  { specialization, licenseId }: { specialization: 'GANCUJU' | 'COACH'; licenseId: number },
  body?: unknown,
): PendingResponse<Body> {
  return by.post<Body>(`${placeOf[specialization].path}/licenses/${licenseId}/promote`, body)
}

/** What a refused promotion or graduation says is missing. */
export function gapsOf({ body }: HttpResponse): readonly Gap[] {
  return (body as { error?: { details?: readonly Gap[] } }).error?.details ?? []
}

/** The names of what is missing. */
export function namesOfGaps(answer: HttpResponse): string[] {
  return gapsOf(answer).map(({ requirement }) => requirement)
}
