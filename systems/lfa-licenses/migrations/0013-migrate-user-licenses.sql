-- Up Migration

-- Copies the older table into the four. PLAYER rows are GānCuju belts. Of several rows of one user
-- that go to one table the highest is active, and none is when the user already has an active
-- licence there. A row that was copied before is left alone, so this may run any number of times.

create temporary table migrating on commit drop as
select
  ul.id, ul.user_id, target, ul.current_level, ul.max_achieved_level,
  ul.started_at, ul.last_advanced_at, ul.expires_at, u.date_of_birth,
  ul.is_active and row_number() over (
    partition by ul.user_id, target
    order by ul.is_active desc, ul.current_level desc, ul.id
  ) = 1 as is_active
from user_licenses ul
join users u on u.id = ul.user_id
cross join lateral (
  select case ul.specialization_type when 'PLAYER' then 'GANCUJU' else ul.specialization_type end
) as mapped (target);

insert into lfa_player_licenses (user_id, legacy_license_id, is_active, age_group, created_at)
select
  m.user_id, m.id,
  m.is_active and not exists (
    select from lfa_player_licenses l where l.user_id = m.user_id and l.is_active
  ),
  case
    when m.date_of_birth is null then 'AMATEUR'
    when extract(year from age(season_start, m.date_of_birth)) < 14 then 'PRE'
    when extract(year from age(season_start, m.date_of_birth)) < 19 then 'YOUTH'
    else 'AMATEUR'
  end,
  m.started_at
from migrating m
cross join lateral (
  -- The season starts on 1 July.
  select date_trunc('year', m.started_at - interval '6 months') + interval '6 months'
) as season (season_start)
where m.target = 'LFA_PLAYER'
on conflict (legacy_license_id) do nothing;

insert into gancuju_licenses
  (user_id, legacy_license_id, is_active, current_level, max_achieved_level, eligible_level,
   last_advanced_at, created_at)
select
  m.user_id, m.id,
  m.is_active and not exists (
    select from gancuju_licenses l where l.user_id = m.user_id and l.is_active
  ),
  m.current_level, m.max_achieved_level, m.current_level, m.last_advanced_at, m.started_at
from migrating m
where m.target = 'GANCUJU'
on conflict (legacy_license_id) do nothing;

-- The older table has no XP; a licence gets what its level takes, so that it keeps its level.
insert into internship_licenses
  (user_id, legacy_license_id, is_active, total_xp, max_achieved_level, expires_at, created_at)
select
  m.user_id, m.id,
  m.is_active and not exists (
    select from internship_licenses l where l.user_id = m.user_id and l.is_active
  ),
  s.required_xp, m.max_achieved_level,
  coalesce(m.expires_at, m.started_at + interval '15 months'), m.started_at
from migrating m
join spec_levels s
  on s.ladder_id = 'INTERNSHIP' and s.version = 1 and s.level = m.current_level
where m.target = 'INTERNSHIP'
on conflict (legacy_license_id) do nothing;

insert into coach_licenses
  (user_id, legacy_license_id, is_active, current_level, max_achieved_level, last_advanced_at,
   expires_at, created_at)
select
  m.user_id, m.id,
  m.is_active and not exists (
    select from coach_licenses l where l.user_id = m.user_id and l.is_active
  ),
  m.current_level, m.max_achieved_level, m.last_advanced_at,
  coalesce(m.expires_at, m.started_at + interval '2 years'), m.started_at
from migrating m
where m.target = 'COACH'
on conflict (legacy_license_id) do nothing;

insert into xp_transactions
  (user_id, internship_license_id, source, amount, balance_after, level_before, level_after,
   description, idempotency_key, created_at)
select
  l.user_id, l.id, 'MANUAL', s.required_xp, s.required_xp, 1, m.current_level,
  'opening balance', 'migration:user_license:' || m.id, m.started_at
from migrating m
join internship_licenses l on l.legacy_license_id = m.id
join spec_levels s
  on s.ladder_id = 'INTERNSHIP' and s.version = 1 and s.level = m.current_level
where s.required_xp > 0
on conflict (idempotency_key) do nothing;

insert into license_progressions
  (gancuju_license_id, internship_license_id, coach_license_id,
   from_level, to_level, advancement_reason, advanced_at)
select
  g.id, i.id, c.id, 1, m.current_level, 'migrated from user_licenses',
  coalesce(m.last_advanced_at, m.started_at)
from migrating m
left join gancuju_licenses g on g.legacy_license_id = m.id
left join internship_licenses i on i.legacy_license_id = m.id
left join coach_licenses c on c.legacy_license_id = m.id
where m.current_level > 1
  and coalesce(g.id, i.id, c.id) is not null
  and not exists (
    select from license_progressions p
    where p.license_id = coalesce(g.id, i.id, c.id)
      and p.advancement_reason = 'migrated from user_licenses'
  );

-- Down Migration

-- Takes back the copies that nobody has used. A licence with an enrolment, credits, XP, a change
-- of level or an entry in the audit log of its own stays, and so does its mark, so that migrating
-- again does not copy it a second time.

create temporary table used on commit drop as
select entity_id as license_id from audit_log where entity = 'license'
union select license_id from lfa_player_enrollments
union select license_id from gancuju_enrollments
union select license_id from internship_enrollments
union select license_id from coach_assignments
union select license_id from lfa_player_credit_transactions
union select license_id from internship_credit_transactions
union select license_id from skill_assessments
union select license_id from xp_transactions where idempotency_key not like 'migration:%'
union
select license_id from license_progressions
where license_id is not null
  and advancement_reason is distinct from 'migrated from user_licenses';

delete from lfa_player_licenses
where legacy_license_id is not null and id not in (select license_id from used);
delete from gancuju_licenses
where legacy_license_id is not null and id not in (select license_id from used);
delete from internship_licenses
where legacy_license_id is not null and id not in (select license_id from used);
delete from coach_licenses
where legacy_license_id is not null and id not in (select license_id from used);
