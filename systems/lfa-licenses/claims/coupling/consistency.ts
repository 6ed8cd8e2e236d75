import { claim, type ClaimContext } from 'etalon'
import { buyCredits } from '../credit.ts'
import {
  coupledSpecializations,
  insertStudents,
  levelsOf,
  type Levels,
  type Pair,
} from '../coupled-pair.ts'
import { issueLicense } from '../license.ts'
import { pairState, plantPair } from '../pair-state.ts'
import { personOf } from '../person.ts'
import { repair, validate, type Direction } from '../repair-door.ts'

type Context = Pick<ClaimContext, 'system' | 'sql' | 'random' | 'prove'>

const actions = {
  missing_license: 'create_license_from_progress',
  missing_progress: 'create_progress_from_license',
  progressIsHigher: 'sync_progress_to_license',
  licenseIsHigher: 'sync_license_to_progress',
} as const

/** What has to be said of two levels, by the words of the requirement. */
function expectedOf({ progress, license }: Levels): { kind: string | null; action: string | null } {
  if (progress === license) return { kind: null, action: null }
  if (license === null) return { kind: 'missing_license', action: actions.missing_license }
  if (progress === null) return { kind: 'missing_progress', action: actions.missing_progress }
  const action = progress > license ? actions.progressIsHigher : actions.licenseIsHigher
  return { kind: 'level_mismatch', action }
}

claim('LFA-CPL-08', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:validates')
  const wrong: unknown[] = []
  const sides = [null, 1, 2, 3, 7, 8]
  for (const specialization of coupledSpecializations) {
    const highest = specialization === 'INTERNSHIP' ? 3 : 8
    const known = sides.filter((level) => level === null || level <= highest)
    const pairs = known.flatMap((progress) => known.map((license) => ({ progress, license })))
    const students = await insertStudents(sql, random, pairs.length)
    for (const [at, levels] of pairs.entries()) {
      const pair: Pair = { studentId: students[at] ?? 0, specialization }
      await plantPair(sql, pair, levels)
      const { body } = await validate(admin, pair).expect(200)
      const { kind } = expectedOf(levels)
      const found = body as unknown as Readonly<Record<string, unknown>>
      const isTold =
        found['is_consistent'] === (kind === null) &&
        found['kind'] === kind &&
        found['progress_level'] === levels.progress &&
        found['license_level'] === levels.license &&
        body.issues.length === (kind === null ? 0 : 1)
      if (!isTold) wrong.push({ specialization, levels, kind, found })
    }
  }
  prove('pairs that are judged wrongly', wrong).isEmpty()

  // What is wrong in one specialization is not held against another.
  const [studentId = 0] = await insertStudents(sql, random, 1)
  await plantPair(sql, { studentId, specialization: 'COACH' }, { progress: 5, license: 3 })
  await plantPair(sql, { studentId, specialization: 'PLAYER' }, { progress: 4, license: 4 })
  for (const [specialization, is_consistent] of [
    ['COACH', false],
    ['PLAYER', true],
    ['INTERNSHIP', true],
  ] as const) {
    const { body } = await validate(admin, { studentId, specialization }).expect(200)
    prove(`${specialization} beside a wrong COACH`, body).holds({ is_consistent })
  }
})

claim('LFA-CPL-09', async (context) => {
  const { system, sql, random, prove } = context
  const admin = await personOf(system, 'admin:mends')
  const cases: readonly (readonly [Levels & { xp?: number; maximum?: number }, string, string])[] =
    [
      [{ progress: 4, license: null }, 'missing_license', actions.missing_license],
      [{ progress: null, license: 4 }, 'missing_progress', actions.missing_progress],
      [{ progress: 4, license: 3 }, 'level_mismatch', actions.progressIsHigher],
      [{ progress: 3, license: 4 }, 'level_mismatch', actions.licenseIsHigher],
      [{ progress: 4, license: 4, maximum: 3 }, 'max_below_current', 'raise_max_level'],
      [{ progress: 4, license: 4, xp: 69_999 }, 'xp_below_level', 'raise_xp_to_level'],
    ]
  const students = await insertStudents(sql, random, cases.length + 1)
  for (const [levels, kind, action] of cases) {
    const pair: Pair = { studentId: students.pop() ?? 0, specialization: 'PLAYER' }
    await plantPair(sql, pair, levels)
    await proveNamed(context, pair, { kind, action })
    const { body } = await repair(admin, pair, { direction: 'recommended' }).expect(200)
    prove(`${action} is done`, body).holds({ actions: [action], is_consistent: true })
    const highest = Math.max(levels.progress ?? 0, levels.license ?? 0)
    prove(`levels after ${action}`, await levelsOf(sql, pair)).equals({
      progress: highest,
      license: highest,
    })
  }
  const expired: Pair = { studentId: students.pop() ?? 0, specialization: 'COACH' }
  await plantPair(sql, expired, { progress: 4, license: 4 })
  await sql.run(
    `update user_licenses set expires_at = now() - interval '1 day' where user_id = $1`,
    [expired.studentId],
  )
  await proveNamed(context, expired, { kind: 'expired_active', action: 'deactivate_license' })
  const { body } = await repair(admin, expired).expect(200)
  prove('deactivate_license is done', body).holds({
    actions: ['deactivate_license'],
    is_consistent: true,
  })
  const { kind, pair } = await wrongBalance(context)
  await proveNamed(context, pair, { kind, action: 'review_credit_ledger' })
})

async function proveNamed(
  { system, prove }: Context,
  pair: Pair,
  { kind, action }: { readonly kind: string; readonly action: string },
): Promise<void> {
  const { body } = await validate(await personOf(system, 'admin:mends'), pair).expect(200)
  prove(`what mends ${kind}`, body).holds({
    is_consistent: false,
    kind,
    recommended_action: action,
  })
  prove(
    `issues with ${kind}`,
    body.issues.map((issue) => [issue.kind, issue.recommended_action]),
  ).equals([[kind, action]])
}

/** An internship whose balance is not what its ledger says. */
async function wrongBalance({
  system,
  sql,
  random,
}: Context): Promise<{ kind: string; pair: Pair }> {
  const holder = await personOf(system, `student:${random.text(8)}`)
  const admin = await personOf(system, 'admin:mends')
  const licenseId = await issueLicense(holder, 'INTERNSHIP')
  await buyCredits({ holder, admin }, 'INTERNSHIP', 100)
  await sql.run('update internship_licenses set credit_balance = 99 where id = $1', [licenseId])
  return { kind: 'balance_mismatch', pair: { studentId: holder.id, specialization: 'INTERNSHIP' } }
}

claim('LFA-CPL-10', async (context) => {
  const { system, sql, random, prove } = context
  const admin = await personOf(system, 'admin:copies')
  const cases: readonly (readonly [Levels, Direction | undefined, number, string])[] = [
    [{ progress: 3, license: 5 }, undefined, 3, actions.progressIsHigher],
    [{ progress: 5, license: 3 }, undefined, 5, actions.progressIsHigher],
    [{ progress: 8, license: 1 }, 'progress_to_license', 8, actions.progressIsHigher],
    [{ progress: 3, license: 5 }, 'license_to_progress', 5, actions.licenseIsHigher],
    [{ progress: 5, license: 3 }, 'license_to_progress', 3, actions.licenseIsHigher],
    [{ progress: 3, license: 5 }, 'recommended', 5, actions.licenseIsHigher],
    [{ progress: 2, license: null }, undefined, 2, actions.missing_license],
    [{ progress: null, license: 2 }, undefined, 2, actions.missing_progress],
  ]
  const students = await insertStudents(sql, random, cases.length + 1)
  for (const [{ progress, license }, direction, level, action] of cases) {
    const pair: Pair = { studentId: students.pop() ?? 0, specialization: 'PLAYER' }
    await plantPair(sql, pair, { progress, license })
    const what = `${progress ?? 'none'} beside ${license ?? 'none'}, ${direction ?? 'by default'}`
    const { body } = await repair(admin, pair, direction && { direction }).expect(200)
    prove(`the repair of ${what}`, body).equals({
      user_id: pair.studentId,
      specialization_id: 'PLAYER',
      dry_run: false,
      success: true,
      changed: true,
      actions: [action],
      before: { progress_level: progress, license_level: license },
      after: { progress_level: level, license_level: level },
      is_consistent: true,
      remaining: [],
      error: null,
    } as never)
    const both = { progress: level, license: level }
    prove(`levels of ${what}`, await levelsOf(sql, pair)).equals(both)
    const audited = await sql.rows(
      `select actor_id, after -> 'actions' as actions from audit_log
       where action = 'progress.repair' and entity_id = $1`,
      [pair.studentId],
    )
    prove(`entries of ${what}`, audited).equals([{ actor_id: admin.id, actions: [action] }])

    const mended = await pairState(sql, [pair.studentId])
    const again = await repair(admin, pair).expect(200)
    prove(`the repair after that`, again.body).holds({ changed: false, actions: [] })
    prove('what it wrote', await pairState(sql, [pair.studentId])).equals(mended)
  }
  const nothing: Pair = { studentId: students.pop() ?? 0, specialization: 'PLAYER' }
  const { body } = await repair(admin, nothing).expect(200)
  prove('the repair of nothing', body).holds({ changed: false, is_consistent: true })
  const neither = { progress: null, license: null }
  prove('levels of nothing', await levelsOf(sql, nothing)).equals(neither)

  // It looks again: what a sync does not mend is told, and nothing is called consistent.
  const { kind, pair } = await wrongBalance(context)
  await plantPair(sql, pair, { progress: 2, license: 1 })
  const left = await repair(admin, pair).expect(200)
  prove('a repair that leaves something', left.body).holds({
    actions: [actions.progressIsHigher],
    is_consistent: false,
    remaining: [kind],
  })
})
