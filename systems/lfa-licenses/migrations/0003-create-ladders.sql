-- Up Migration

-- PLAYER is the older name under which user_licenses and the progress ladder know the belts that
-- are GANCUJU licences now.
create table specializations (
  id text primary key,
  name text not null,
  max_levels smallint,
  min_age smallint not null,
  uses_credits boolean not null,
  expires boolean not null,
  is_active boolean not null default true
);

insert into specializations (id, name, max_levels, min_age, uses_credits, expires, is_active)
values
  ('LFA_PLAYER', 'LFA Player', null, 5, true, false, true),
  ('GANCUJU', 'GānCuju', 8, 5, false, false, true),
  ('INTERNSHIP', 'Internship', 8, 18, true, true, true),
  ('COACH', 'Coach', 8, 14, false, true, true),
  ('PLAYER', 'Player (older name of the GānCuju belts)', 8, 5, false, false, false);

-- A ladder has versions; a licence stays on the version under which it was issued, so a version
-- that has been published never changes and new rules are a new version.
create table ladders (
  id text primary key,
  specialization_id text not null references specializations (id),
  current_version integer not null default 1
);

create table spec_levels (
  ladder_id text not null references ladders (id),
  version integer not null,
  level smallint not null check (level between 1 and 8),
  name text not null,
  color text,
  required_xp integer not null default 0,
  required_sessions integer not null default 0,
  required_projects integer not null default 0,
  competitions_entered integer not null default 0,
  competitions_won integer not null default 0,
  win_rate_percent integer not null default 0,
  theory_hours integer not null default 0,
  practice_hours integer not null default 0,
  teaching_hours integer not null default 0,
  days_in_level integer not null default 0,
  min_age integer not null default 0,
  exam_pass_percent integer not null default 0,
  approver_role text not null default 'INSTRUCTOR' check (approver_role in ('INSTRUCTOR', 'ADMIN')),
  approvals smallint not null default 1 check (approvals between 1 and 2),
  primary key (ladder_id, version, level)
);

insert into ladders (id, specialization_id)
values
  ('GANCUJU', 'GANCUJU'),
  ('INTERNSHIP', 'INTERNSHIP'),
  ('COACH', 'COACH'),
  ('PLAYER_PROGRESS', 'PLAYER'),
  ('INTERNSHIP_PROGRESS', 'INTERNSHIP');

-- Each row is what reaching that level takes.
insert into spec_levels
  (ladder_id, version, level, name, color,
   required_sessions, competitions_entered, competitions_won, win_rate_percent,
   teaching_hours, days_in_level, approver_role, approvals)
values
  ('GANCUJU', 1, 1, 'Bamboo Disciple', 'white', 0, 0, 0, 0, 0, 0, 'INSTRUCTOR', 1),
  ('GANCUJU', 1, 2, 'Morning Dew', 'yellow', 5, 1, 1, 0, 0, 30, 'INSTRUCTOR', 1),
  ('GANCUJU', 1, 3, 'Flexible Reed', 'green', 15, 2, 1, 0, 0, 60, 'INSTRUCTOR', 1),
  ('GANCUJU', 1, 4, 'Celestial River', 'blue', 30, 3, 2, 0, 0, 90, 'INSTRUCTOR', 1),
  ('GANCUJU', 1, 5, 'Strong Root', 'brown', 50, 4, 3, 50, 20, 120, 'INSTRUCTOR', 1),
  ('GANCUJU', 1, 6, 'Winter Moon', 'grey', 75, 8, 5, 50, 60, 180, 'INSTRUCTOR', 1),
  ('GANCUJU', 1, 7, 'Midnight Guardian', 'black', 100, 14, 9, 55, 120, 270, 'ADMIN', 1),
  ('GANCUJU', 1, 8, 'Dragon Wisdom', 'red', 150, 22, 15, 60, 200, 365, 'ADMIN', 2);

insert into spec_levels (ladder_id, version, level, name, required_xp)
values
  ('INTERNSHIP', 1, 1, 'Junior', 0),
  ('INTERNSHIP', 1, 2, 'Junior', 1000),
  ('INTERNSHIP', 1, 3, 'Mid-level', 2500),
  ('INTERNSHIP', 1, 4, 'Mid-level', 4500),
  ('INTERNSHIP', 1, 5, 'Senior', 7000),
  ('INTERNSHIP', 1, 6, 'Senior', 10000),
  ('INTERNSHIP', 1, 7, 'Lead', 13500),
  ('INTERNSHIP', 1, 8, 'Principal', 17500);

-- Theory and practice hours are sums over all levels up to this one.
insert into spec_levels
  (ladder_id, version, level, name, required_xp, required_sessions,
   theory_hours, practice_hours, teaching_hours, min_age, exam_pass_percent, approver_role)
values
  ('COACH', 1, 1, 'PRE_ASSISTANT', 0, 0, 30, 50, 0, 14, 60, 'ADMIN'),
  ('COACH', 1, 2, 'PRE_HEAD', 35000, 18, 70, 110, 50, 16, 70, 'ADMIN'),
  ('COACH', 1, 3, 'YOUTH_ASSISTANT', 60000, 20, 105, 165, 100, 16, 65, 'ADMIN'),
  ('COACH', 1, 4, 'YOUTH_HEAD', 90000, 22, 150, 230, 200, 18, 75, 'ADMIN'),
  ('COACH', 1, 5, 'AMATEUR_ASSISTANT', 130000, 25, 190, 290, 300, 18, 70, 'ADMIN'),
  ('COACH', 1, 6, 'AMATEUR_HEAD', 180000, 28, 225, 345, 500, 20, 75, 'ADMIN'),
  ('COACH', 1, 7, 'PRO_ASSISTANT', 240000, 30, 275, 415, 800, 21, 80, 'ADMIN'),
  ('COACH', 1, 8, 'PRO_HEAD', 320000, 35, 335, 495, 1200, 23, 85, 'ADMIN');

insert into spec_levels
  (ladder_id, version, level, name, color, required_xp, required_sessions)
values
  ('PLAYER_PROGRESS', 1, 1, 'Bamboo Disciple', 'white', 0, 0),
  ('PLAYER_PROGRESS', 1, 2, 'Morning Dew', 'yellow', 25000, 12),
  ('PLAYER_PROGRESS', 1, 3, 'Flexible Reed', 'green', 45000, 15),
  ('PLAYER_PROGRESS', 1, 4, 'Celestial River', 'blue', 70000, 18),
  ('PLAYER_PROGRESS', 1, 5, 'Strong Root', 'brown', 100000, 20),
  ('PLAYER_PROGRESS', 1, 6, 'Winter Moon', 'grey', 140000, 22),
  ('PLAYER_PROGRESS', 1, 7, 'Midnight Guardian', 'black', 190000, 25),
  ('PLAYER_PROGRESS', 1, 8, 'Dragon Wisdom', 'red', 250000, 30),
  ('INTERNSHIP_PROGRESS', 1, 1, 'Junior', null, 10000, 15),
  ('INTERNSHIP_PROGRESS', 1, 2, 'Mid-level', null, 18000, 18),
  ('INTERNSHIP_PROGRESS', 1, 3, 'Senior', null, 28000, 22);

grant select on specializations, ladders, spec_levels to lfa_app;

-- Down Migration

drop table spec_levels;
drop table ladders;
drop table specializations;
