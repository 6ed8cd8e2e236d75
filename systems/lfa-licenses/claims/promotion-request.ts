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

/** Enters XP and sessions in a coach's progress, which his certification looks at. */
export async function trainCoach(
  admin: HttpClient,
  userId: number,
  { xp = 0, sessions = 0 }: { readonly xp?: number; readonly sessions?: number },
): Promise<void> {
  await admin
    .post('/api/v1/specializations/progress/update', {
      student_id: userId,
      specialization_id: 'COACH',
      xp_gained: xp,
      sessions_completed: sessions,
    })
    .expect(200)
}

/** Whether a licence stands among those that a caller may promote. */
export async function isReady(by: HttpClient, licenseId: number): Promise<boolean> {
  const path = '/api/v1/promotions/pending?page_size=200'
  const { body } = await by.get<{ items: readonly { license_id: number }[] }>(path).expect(200)
  return body.items.some(({ license_id }) => license_id === licenseId)
}

/** What a refused promotion or graduation says is missing. */
export function gapsOf({ body }: HttpResponse): readonly Gap[] {
  return (body as { error?: { details?: readonly Gap[] } }).error?.details ?? []
}

/** The names of what is missing. */
export function namesOfGaps(answer: HttpResponse): string[] {
  return gapsOf(answer).map(({ requirement }) => requirement)
}
