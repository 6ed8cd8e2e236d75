-- Up Migration

-- One table for each specialization, one sequence for all: an id names one licence anywhere.
create sequence license_id_seq as bigint;

create table lfa_player_licenses (
  id bigint primary key default nextval('license_id_seq'),
  user_id bigint not null references users (id) on delete cascade,
  legacy_license_id bigint unique references user_licenses (id) on delete set null,
  is_active boolean not null default true,
  age_group text not null check (age_group in ('PRE', 'YOUTH', 'AMATEUR', 'PRO')),
  credit_balance integer not null default 0,
  heading_avg numeric(5, 2) not null default 0 check (heading_avg between 0 and 100),
  shooting_avg numeric(5, 2) not null default 0 check (shooting_avg between 0 and 100),
  crossing_avg numeric(5, 2) not null default 0 check (crossing_avg between 0 and 100),
  passing_avg numeric(5, 2) not null default 0 check (passing_avg between 0 and 100),
  dribbling_avg numeric(5, 2) not null default 0 check (dribbling_avg between 0 and 100),
  ball_control_avg numeric(5, 2) not null default 0 check (ball_control_avg between 0 and 100),
  overall_avg numeric(5, 2) generated always as (
    round(
      (heading_avg + shooting_avg + crossing_avg + passing_avg + dribbling_avg + ball_control_avg)
        / 6,
      2
    )
  ) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint lfa_player_licenses_credit_balance_not_negative check (credit_balance >= 0)
);

create table gancuju_licenses (
  id bigint primary key default nextval('license_id_seq'),
  user_id bigint not null references users (id) on delete cascade,
  legacy_license_id bigint unique references user_licenses (id) on delete set null,
  is_active boolean not null default true,
  ladder_version integer not null default 1,
  current_level smallint not null default 1 check (current_level between 1 and 8),
  max_achieved_level smallint not null default 1 check (max_achieved_level between 1 and 8),
  eligible_level smallint not null default 1 check (eligible_level between 1 and 8),
  sessions_attended integer not null default 0 check (sessions_attended >= 0),
  competitions_entered integer not null default 0 check (competitions_entered >= 0),
  competitions_won integer not null default 0 check (competitions_won >= 0),
  win_rate numeric(5, 2) generated always as (
    case
      when competitions_entered = 0 then 0
      else round(competitions_won * 100.0 / competitions_entered, 2)
    end
  ) stored,
  teaching_hours integer not null default 0 check (teaching_hours >= 0),
  last_advanced_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint gancuju_licenses_won_not_above_entered
    check (competitions_won <= competitions_entered)
);

create table internship_licenses (
  id bigint primary key default nextval('license_id_seq'),
  user_id bigint not null references users (id) on delete cascade,
  legacy_license_id bigint unique references user_licenses (id) on delete set null,
  is_active boolean not null default true,
  ladder_version integer not null default 1,
  credit_balance integer not null default 0,
  total_xp integer not null default 0,
  current_level smallint not null default 1 check (current_level between 1 and 8),
  max_achieved_level smallint not null default 1 check (max_achieved_level between 1 and 8),
  sessions_completed integer not null default 0 check (sessions_completed >= 0),
  capstone_approved_at timestamptz,
  capstone_approved_by bigint references users (id) on delete set null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint internship_licenses_credit_balance_not_negative check (credit_balance >= 0),
  constraint internship_licenses_total_xp_not_negative check (total_xp >= 0)
);

create table coach_licenses (
  id bigint primary key default nextval('license_id_seq'),
  user_id bigint not null references users (id) on delete cascade,
  legacy_license_id bigint unique references user_licenses (id) on delete set null,
  is_active boolean not null default true,
  ladder_version integer not null default 1,
  current_level smallint not null default 1 check (current_level between 1 and 8),
  max_achieved_level smallint not null default 1 check (max_achieved_level between 1 and 8),
  theory_hours integer not null default 0 check (theory_hours >= 0),
  practice_hours integer not null default 0 check (practice_hours >= 0),
  teaching_hours integer not null default 0 check (teaching_hours >= 0),
  last_advanced_at timestamptz,
  expires_at timestamptz not null,
  is_expired boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

create unique index lfa_player_licenses_one_active on lfa_player_licenses (user_id)
  where is_active;
create unique index gancuju_licenses_one_active on gancuju_licenses (user_id) where is_active;
create unique index internship_licenses_one_active on internship_licenses (user_id)
  where is_active;
create unique index coach_licenses_one_active on coach_licenses (user_id) where is_active;

-- Of two indexes that cost the same the planner takes the one created last, so these come last.
create index idx_lfa_player_licenses_user_id on lfa_player_licenses (user_id);
create index idx_gancuju_licenses_user_id on gancuju_licenses (user_id);
create index idx_internship_licenses_user_id on internship_licenses (user_id);
create index idx_coach_licenses_user_id on coach_licenses (user_id);

create index internship_licenses_expires_at_idx on internship_licenses (expires_at)
  where is_active;
create index coach_licenses_expires_at_idx on coach_licenses (expires_at) where is_active;

-- Triggers of one event fire in the order of their names, so the numbers in them matter: the
-- level is set from the XP before the highest level is taken from the level.

create function set_internship_level() returns trigger
language plpgsql as $$
begin
  select max(level) into strict new.current_level
  from spec_levels
  where ladder_id = 'INTERNSHIP'
    and version = new.ladder_version
    and required_xp <= new.total_xp;
  return new;
end
$$;

create function keep_max_achieved_level() returns trigger
language plpgsql as $$
begin
  new.max_achieved_level := greatest(new.max_achieved_level, new.current_level);
  if tg_op = 'UPDATE' then
    new.max_achieved_level := greatest(new.max_achieved_level, old.max_achieved_level);
  end if;
  return new;
end
$$;

create trigger internship_licenses_10_level_from_xp
  before insert or update of total_xp, current_level, ladder_version on internship_licenses
  for each row execute function set_internship_level();

create trigger gancuju_licenses_20_max_achieved_level
  before insert or update of current_level, max_achieved_level on gancuju_licenses
  for each row execute function keep_max_achieved_level();
create trigger internship_licenses_20_max_achieved_level
  before insert or update of total_xp, current_level, max_achieved_level, ladder_version
  on internship_licenses
  for each row execute function keep_max_achieved_level();
create trigger coach_licenses_20_max_achieved_level
  before insert or update of current_level, max_achieved_level on coach_licenses
  for each row execute function keep_max_achieved_level();

create trigger lfa_player_licenses_30_updated_at
  before update on lfa_player_licenses
  for each row execute function set_updated_at();
create trigger gancuju_licenses_30_updated_at
  before update on gancuju_licenses
  for each row execute function set_updated_at();
create trigger internship_licenses_30_updated_at
  before update on internship_licenses
  for each row execute function set_updated_at();
create trigger coach_licenses_30_updated_at
  before update on coach_licenses
  for each row execute function set_updated_at();

create view v_all_active_licenses as
select
  'LFA_PLAYER'::text as specialization_type, id as license_id, user_id,
  null::smallint as current_level, null::smallint as max_achieved_level,
  credit_balance, null::integer as total_xp, age_group, overall_avg,
  null::numeric(5, 2) as win_rate, null::integer as theory_hours, null::integer as practice_hours,
  null::integer as teaching_hours, null::timestamptz as expires_at, created_at, updated_at
from lfa_player_licenses where is_active
union all
select
  'GANCUJU', id, user_id, current_level, max_achieved_level,
  null, null, null, null, win_rate, null, null, teaching_hours, null, created_at, updated_at
from gancuju_licenses where is_active
union all
select
  'INTERNSHIP', id, user_id, current_level, max_achieved_level,
  credit_balance, total_xp, null, null, null, null, null, null, expires_at, created_at, updated_at
from internship_licenses where is_active
union all
select
  'COACH', id, user_id, current_level, max_achieved_level,
  null, null, null, null, null, theory_hours, practice_hours, teaching_hours,
  expires_at, created_at, updated_at
from coach_licenses where is_active;

grant usage on sequence license_id_seq to lfa_app;
grant select, insert, delete
  on lfa_player_licenses, gancuju_licenses, internship_licenses, coach_licenses
  to lfa_app;
grant update (
    is_active, age_group, credit_balance, heading_avg, shooting_avg, crossing_avg, passing_avg,
    dribbling_avg, ball_control_avg
  ) on lfa_player_licenses to lfa_app;
grant update (
    is_active, current_level, eligible_level, sessions_attended, competitions_entered,
    competitions_won, teaching_hours, last_advanced_at
  ) on gancuju_licenses to lfa_app;
grant update (
    is_active, credit_balance, total_xp, sessions_completed, capstone_approved_at,
    capstone_approved_by, expires_at
  ) on internship_licenses to lfa_app;
grant update (
    is_active, current_level, theory_hours, practice_hours, teaching_hours, last_advanced_at,
    expires_at, is_expired
  ) on coach_licenses to lfa_app;
grant select on v_all_active_licenses to lfa_app;

-- Down Migration

drop view v_all_active_licenses;
drop table coach_licenses;
drop table internship_licenses;
drop table gancuju_licenses;
drop table lfa_player_licenses;
drop function keep_max_achieved_level();
drop function set_internship_level();
drop sequence license_id_seq;
