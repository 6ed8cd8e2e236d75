-- Up Migration

create table skill_assessments (
  id bigint generated always as identity primary key,
  license_id bigint not null references lfa_player_licenses (id) on delete cascade,
  heading_avg numeric(5, 2) not null,
  shooting_avg numeric(5, 2) not null,
  crossing_avg numeric(5, 2) not null,
  passing_avg numeric(5, 2) not null,
  dribbling_avg numeric(5, 2) not null,
  ball_control_avg numeric(5, 2) not null,
  overall_avg numeric(5, 2) not null,
  assessed_by bigint references users (id) on delete set null,
  assessed_at timestamptz not null
);

create index skill_assessments_license_idx on skill_assessments (license_id, id);

-- What a graduate was given; names and figures are those of the day of issue.
create table certificates (
  id bigint generated always as identity primary key,
  code text not null,
  lfa_player_enrollment_id bigint unique
    references lfa_player_enrollments (id) on delete cascade,
  gancuju_enrollment_id bigint unique references gancuju_enrollments (id) on delete cascade,
  internship_enrollment_id bigint unique
    references internship_enrollments (id) on delete cascade,
  enrollment_id bigint generated always as
    (coalesce(lfa_player_enrollment_id, gancuju_enrollment_id, internship_enrollment_id)) stored,
  license_id bigint not null,
  user_id bigint not null references users (id) on delete cascade,
  specialization_type text not null references specializations (id),
  holder_name text not null,
  semester_name text not null,
  level smallint,
  overall_avg numeric(5, 2),
  attendance_percent numeric(5, 2) not null,
  issued_by bigint references users (id) on delete set null,
  issued_at timestamptz not null,
  revoked_at timestamptz,
  revocation_reason text,
  constraint certificates_code_key unique (code),
  constraint certificates_one_enrollment check (
    num_nonnulls(lfa_player_enrollment_id, gancuju_enrollment_id, internship_enrollment_id) = 1
  )
);

create index certificates_license_idx on certificates (license_id);
create index certificates_user_idx on certificates (user_id);

-- That a holder was told how many days are left, once for each number of days and expiry.
create table expiry_notices (
  id bigint generated always as identity primary key,
  internship_license_id bigint references internship_licenses (id) on delete cascade,
  coach_license_id bigint references coach_licenses (id) on delete cascade,
  license_id bigint generated always as
    (coalesce(internship_license_id, coach_license_id)) stored,
  expires_at timestamptz not null,
  days_before smallint not null,
  noticed_at timestamptz not null,
  constraint expiry_notices_one_license
    check (num_nonnulls(internship_license_id, coach_license_id) = 1),
  constraint expiry_notices_once unique (license_id, expires_at, days_before)
);

create index expiry_notices_internship_idx on expiry_notices (internship_license_id)
  where internship_license_id is not null;
create index expiry_notices_coach_idx on expiry_notices (coach_license_id)
  where coach_license_id is not null;

grant select, insert on skill_assessments, certificates, expiry_notices to lfa_app;
grant update (revoked_at, revocation_reason) on certificates to lfa_app;

-- Down Migration

drop table expiry_notices;
drop table certificates;
drop table skill_assessments;
