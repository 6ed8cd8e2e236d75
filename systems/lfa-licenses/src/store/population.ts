import type { QueryConfig } from 'pg'

/** How a population is drawn. */
export interface PopulationPlan {
  readonly users: number
  /** The same seed draws the same people. */
  readonly seed: number
  /** Share of pairs in which something is wrong, 0 to 1; of the count rounded to a whole number. */
  readonly desync: number
  /** Only the belts of PLAYER, one pair for each user, and nothing else. */
  readonly beltsOnly: boolean
  readonly now: Date
}

type Step = readonly [text: string, values: readonly unknown[]]

/** A number from 0 to 1 that follows from the seed (`$1`), the row and a word. */
function draw(word: string, row = 'i'): string {
  return `(((hashtextextended($1::text || ':${word}:' || ${row}, 0) & 2147483647) / 2147483648.0)::float8)`
}

/** One of a list, drawn. */
function oneOf(list: readonly (string | number)[], word: string, row = 'i'): string {
  const type = typeof list[0] === 'number' ? 'integer' : 'text'
  const items = list.map((item) => (typeof item === 'number' ? item : `'${item}'`)).join(', ')
  return `(array[${items}]::${type}[])[1 + floor(${draw(word, row)} * ${list.length})::integer]`
}

const familyNames = ['Nagy', 'Kovács', 'Tóth', 'Szabó', 'Horváth', 'Varga', 'Kiss', 'Molnár']
const givenNames = [
  'Anna',
  'Bence',
  'Csenge',
  'Dániel',
  'Emma',
  'Gergő',
  'Hanna',
  'Levente',
  'Luca',
]

/** People without passwords: nobody signs in as one of them. */
const people = `
  create temporary table gen_user on commit drop as
  select i, 'u' || i || '.' || $1::text || '@lfa.invalid' as email,
    ${oneOf(familyNames, 'family')} || ' ' || ${oneOf(givenNames, 'given')} as name,
    case when i % 100 = 0 and not $3::boolean then 'INSTRUCTOR' else 'STUDENT' end as role,
    ($2::timestamptz - (3000 + ${draw('age')} * 9000) * interval '1 day')::date as born,
    $2::timestamptz - (30 + ${draw('joined')} * 1000) * interval '1 day' as joined_at,
    null::bigint as id
  from generate_series(1, $4::integer) as i`

const insertPeople = `
  with made as (
    insert into users (email, name, role, date_of_birth, parental_consent, created_at)
    select email, name, role, born, born > $1::timestamptz - interval '18 years', joined_at
    from gen_user order by i
    returning id, email
  )
  update gen_user g set id = made.id from made where made.email = g.email`

/**
 * What each person has done. Most are on the lower levels; sessions come with XP, not exactly with
 * it, so that either of them may be what the next level still takes.
 */
const pairs = `
  create temporary table gen_pair on commit drop as
  with ability as (
    select u.i, u.id, u.joined_at, u.born, s.spec, u.i || s.spec as row
    from gen_user u cross join (values ('PLAYER'), ('COACH'), ('INTERNSHIP')) as s (spec)
    where s.spec = 'PLAYER' or (not $3::boolean
      and u.born < $2::timestamptz - case s.spec when 'COACH' then 14 else 18 end * interval '1 year'
      and ${draw('takes', 'u.i || s.spec')} < case s.spec when 'COACH' then 0.15 else 0.35 end)
  ), done as (
    select *,
      floor(power(${draw('xp', 'row')}, 3) * 330000)::integer as xp,
      floor(power(${draw('xp', 'row')}, 2) * 60 * (0.7 + 0.6 * ${draw('sessions', 'row')}))::integer
        as sessions
    from ability
  ), levelled as (
    select d.*, xp / 900 as theory, xp / 600 as practice, coalesce((
        select max(l.level) from spec_levels l
        where l.ladder_id = d.spec || '_PROGRESS' and l.version = 1
          and d.xp >= l.required_xp and d.sessions >= l.required_sessions
          and d.xp / 900 >= l.theory_hours and d.xp / 600 >= l.practice_hours
      ), 1) as level
    from done d
  )
  select *, row_number() over (order by ${draw('broken', 'row')}, row)
      <= round($4::float8 * count(*) over ()) as is_broken,
    floor(${draw('how', 'row')} * 7)::integer as how,
    least($2::timestamptz, joined_at + ${draw('last', 'row')} * ($2::timestamptz - joined_at))
      as active_at
  from levelled`

/** How each of those is broken in which something is wrong; the first level allows less. */
const breakPairs = `
  alter table gen_pair add column defect text, add column license_level smallint;
  update gen_pair set license_level = level, defect = case when is_broken then
    case
      when how = 0 then 'missing_license'
      when how = 1 then 'missing_progress'
      when how = 2 then 'expired_active'
      when level = 1 then 'level_mismatch'
      when how = 3 then 'max_below_current'
      when how = 4 then 'xp_below_level'
      else 'level_mismatch'
    end
  end;
  update gen_pair set license_level = case
      when level = 1 then 2
      when how = 5 then greatest(1, level - 2)
      else level - 1
    end
  where defect = 'level_mismatch'`

const insertProgress = `
  insert into specialization_progress
    (student_id, specialization_id, current_level, total_xp, completed_sessions,
     completed_projects, theory_hours_completed, practice_hours_completed, last_activity,
     created_at)
  select id, spec, level,
    case when defect = 'xp_below_level' then 0 else xp end,
    sessions, sessions / 6, theory, practice, active_at, joined_at
  from gen_pair where defect is distinct from 'missing_progress' order by i, spec`

const insertLicenses = `
  insert into user_licenses
    (user_id, specialization_type, current_level, max_achieved_level, started_at,
     last_advanced_at, expires_at, is_coupled, created_at)
  select id, spec, license_level,
    case when defect = 'max_below_current' then license_level - 1
      else greatest(level, license_level) end,
    joined_at, case when license_level > 1 then active_at end,
    case when defect = 'expired_active' then $1::timestamptz - interval '1 day' end,
    true, joined_at
  from gen_pair where defect is distinct from 'missing_license' order by i, spec`

const insertProgressions = `
  insert into license_progressions
    (user_license_id, from_level, to_level, advancement_reason, requirements_met, advanced_at)
  select l.id, step - 1, step, 'progress reached the level',
    jsonb_build_object('total_xp', s.required_xp, 'completed_sessions', s.required_sessions),
    p.joined_at + (p.active_at - p.joined_at) * (step - 1) / p.license_level
  from gen_pair p
  join user_licenses l on l.user_id = p.id and l.specialization_type = p.spec
  cross join generate_series(2, p.license_level) as step
  join spec_levels s
    on s.ladder_id = p.spec || '_PROGRESS' and s.version = 1 and s.level = step
  order by p.i, p.spec, step`

const insertAchievements = `
  insert into user_achievements (user_id, code, earned_at)
  select p.id, a.code, p.active_at from gen_pair p
  join achievements a on a.specialization_id = p.spec
  where coalesce((a.criteria ->> 'level')::integer, 1) <= p.level
    and coalesce((a.criteria ->> 'sessions')::integer, 0) <= p.sessions`

/** Purchases that were verified, and a few that wait for it. */
const purchases = `
  create temporary table gen_purchase on commit drop as
  select u.i, u.id as user_id, ${oneOf([500, 1000, 2000, 5000], 'credits', 'u.i || n')} as amount,
    ${draw('verified', 'u.i || n')} < 0.9 as is_verified,
    u.joined_at + ${draw('bought', 'u.i || n')} * ($2::timestamptz - u.joined_at) as bought_at
  from gen_user u
  cross join lateral generate_series(
    1, floor(${draw('purchases', 'u.i')} * 3)::integer
  ) as purchase (n)
  where u.role = 'STUDENT'`

/** A skill of a player, 20 to 95. */
const skill = (name: string): string => `round((20 + 75 * ${draw(name, 'u.i')})::numeric, 2)`

const insertPlayers = `
  insert into lfa_player_licenses
    (user_id, age_group, credit_balance, heading_avg, shooting_avg, crossing_avg, passing_avg,
     dribbling_avg, ball_control_avg, created_at)
  select u.id, case
      when u.born > $2::timestamptz - interval '14 years' then 'PRE'
      when u.born > $2::timestamptz - interval '19 years' then 'YOUTH'
      else 'AMATEUR'
    end,
    coalesce(paid.credits, 0),
    ${skill('heading')}, ${skill('shooting')}, ${skill('crossing')}, ${skill('passing')},
    ${skill('dribbling')}, ${skill('control')}, u.joined_at
  from gen_user u
  left join (
    select i, sum(amount) as credits from gen_purchase where is_verified group by i
  ) paid using (i)
  where u.role = 'STUDENT' order by i`

const insertLedger = `
  insert into lfa_player_credit_transactions
    (license_id, type, amount, payment_verified, payment_verified_at, payment_reference_code,
     expires_at, created_at)
  select l.id, 'PURCHASE', p.amount, p.is_verified, case when p.is_verified then p.bought_at end,
    'GEN-' || p.i, p.bought_at + interval '24 months', p.bought_at
  from gen_purchase p join lfa_player_licenses l on l.user_id = p.user_id
  order by p.i, p.bought_at`

const insertInternships = `
  insert into internship_licenses (user_id, expires_at, created_at)
  select id, $2::timestamptz + (1 + ${draw('left', 'i')} * 14)
    * interval '1 month', joined_at
  from gen_pair where spec = 'INTERNSHIP' order by i`

const insertCoaches = `
  insert into coach_licenses (user_id, theory_hours, practice_hours, expires_at, created_at)
  select id, theory, practice,
    $2::timestamptz + (1 + ${draw('left', 'i')} * 22) * interval '1 month',
    joined_at
  from gen_pair where spec = 'COACH' order by i`

/** What was made; a row for each way of being broken, and one for what is right. */
export const populationCounts = `
  select (select count(*) from gen_user) as users, defect, count(*) as pairs
  from gen_pair group by defect order by defect nulls first`

/** The statements that make a population, in order, for one transaction. */
export function populationSteps(plan: PopulationPlan): QueryConfig[] {
  const { users, seed, desync, beltsOnly, now } = plan
  const broken = breakPairs.split(';').map((text): Step => [text, []])
  const coupled: Step[] = [
    [people, [seed, now, beltsOnly, users]],
    ['analyze gen_user', []],
    [insertPeople, [now]],
    [pairs, [seed, now, beltsOnly, desync]],
    ...broken,
    ['analyze gen_pair', []],
    [insertProgress, []],
    [insertLicenses, [now]],
    [insertProgressions, []],
    [insertAchievements, []],
  ]
  const others: Step[] = [
    [purchases, [seed, now]],
    ['analyze gen_purchase', []],
    [insertPlayers, [seed, now]],
    [insertLedger, []],
    [insertInternships, [seed, now]],
    [insertCoaches, [seed, now]],
  ]
  return [...coupled, ...(beltsOnly ? [] : others)].map(([text, values]) => ({
    text,
    values: [...values],
  }))
}
