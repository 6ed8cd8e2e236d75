import type { HttpResponse, Random } from 'etalon'
import { addProgress, setLevel, type Pair } from '../coupled-pair.ts'
import type { Person } from '../person.ts'
import { repair } from '../repair-door.ts'

/** Whose progress commands are about, and who gives them. */
interface Pupil {
  readonly admin: Person
  readonly holder: Person
  readonly random: Random
  readonly pair: Pair
  /** Puts the licence of a pair beside its progress, as a fault would. */
  readonly falsify: (pair: Pair) => PromiseLike<unknown>
}

/** Commands about progress that is coupled with a licence; the repairs have something to mend. */
export function progressCommands({
  admin,
  holder,
  random,
  pair,
  falsify,
}: Pupil): Readonly<Record<string, () => PromiseLike<HttpResponse>>> {
  const mend = async (
    direction: 'progress_to_license' | 'license_to_progress',
  ): Promise<HttpResponse> => {
    await falsify(pair)
    return repair(admin, pair, { direction })
  }
  return {
    begin: () =>
      holder.post('/api/v1/specializations/progress', { specialization_id: pair.specialization }),
    update: () =>
      addProgress(admin, pair, {
        xp_gained: random.integer(-500, 60_000),
        sessions_completed: random.integer(0, 15),
      }),
    level: () => setLevel(admin, pair, random.integer(0, 9)),
    mendLicense: () => mend('progress_to_license'),
    mendProgress: () => mend('license_to_progress'),
  }
}
