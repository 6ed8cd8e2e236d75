-- Up Migration

-- One row for each change of a level; advanced_by is null when the system did it.
create table license_progressions (
  id bigint generated always as identity primary key,
  gancuju_license_id bigint references gancuju_licenses (id) on delete cascade,
  internship_license_id bigint references internship_licenses (id) on delete cascade,
  coach_license_id bigint references coach_licenses (id) on delete cascade,
  user_license_id bigint references user_licenses (id) on delete cascade,
  license_id bigint generated always as
    (coalesce(gancuju_license_id, internship_license_id, coach_license_id)) stored,
  from_level smallint not null check (from_level between 1 and 8),
  to_level smallint not null check (to_level between 1 and 8),
  advanced_by bigint references users (id) on delete set null,
  advancement_reason text,
  requirements_met jsonb,
  is_override boolean not null default false,
  advanced_at timestamptz not null,
  constraint license_progressions_one_license check (
    num_nonnulls(
      gancuju_license_id, internship_license_id, coach_license_id, user_license_id
    ) = 1
  ),
  constraint license_progressions_level_changed check (from_level <> to_level)
);

create index license_progressions_gancuju_idx on license_progressions (gancuju_license_id, id)
  where gancuju_license_id is not null;
create index license_progressions_internship_idx
  on license_progressions (internship_license_id, id)
  where internship_license_id is not null;
create index license_progressions_coach_idx on license_progressions (coach_license_id, id)
  where coach_license_id is not null;
create index license_progressions_user_license_idx on license_progressions (user_license_id, id)
  where user_license_id is not null;

-- Who has agreed to a promotion that takes more than one; emptied when the level changes.
create table promotion_approvals (
  gancuju_license_id bigint not null references gancuju_licenses (id) on delete cascade,
  to_level smallint not null,
  approved_by bigint not null references users (id) on delete cascade,
  approved_at timestamptz not null,
  constraint promotion_approvals_once primary key (gancuju_license_id, to_level, approved_by)
);

grant select, insert on license_progressions to lfa_app;
grant select, insert, delete on promotion_approvals to lfa_app;

-- Down Migration

drop table promotion_approvals;
drop table license_progressions;
