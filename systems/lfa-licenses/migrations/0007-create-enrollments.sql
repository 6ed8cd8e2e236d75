-- Up Migration

-- One sequence for enrolments and assignments, so that an id names one of them anywhere.
create sequence enrollment_id_seq as bigint;

do $$
declare
  spec text;
begin
  foreach spec in array array['lfa_player', 'gancuju', 'internship'] loop
    execute format($sql$
      create table %1$s_enrollments (
        id bigint primary key default nextval('enrollment_id_seq'),
        license_id bigint not null references %1$s_licenses (id) on delete cascade,
        semester_id bigint not null references semesters (id) on delete cascade,
        payment_verified boolean not null default false,
        payment_verified_at timestamptz,
        payment_verified_by bigint references users (id) on delete set null,
        payment_proof_url text,
        payment_reference_code text,
        status text not null default 'ENROLLED',
        is_active boolean not null default true,
        graduated_at timestamptz,
        created_at timestamptz not null default now(),
        updated_at timestamptz not null default now(),
        constraint %1$s_enrollments_proof_url_web
          check (payment_proof_url ~ '^https?://'),
        constraint %1$s_enrollments_reference_long_enough
          check (length(payment_reference_code) >= 3),
        constraint %1$s_enrollments_status_known
          check (status in ('ENROLLED', 'GRADUATED', 'CANCELLED'))
      )$sql$, spec);
    execute format(
      'create unique index %1$s_enrollments_one_active
         on %1$s_enrollments (license_id, semester_id) where is_active', spec);
    execute format(
      'create index %1$s_enrollments_semester_idx on %1$s_enrollments (semester_id)', spec);
    execute format(
      'create index %1$s_enrollments_verified_idx
         on %1$s_enrollments (semester_id) where payment_verified', spec);
    execute format(
      'create trigger %1$s_enrollments_30_updated_at before update on %1$s_enrollments
         for each row execute function set_updated_at()', spec);
    execute format('grant select, insert on %1$s_enrollments to lfa_app', spec);
    execute format(
      'grant update (payment_verified, payment_verified_at, payment_verified_by,
                     payment_proof_url, payment_reference_code, status, is_active, graduated_at)
         on %1$s_enrollments to lfa_app', spec);
  end loop;
end
$$;

create table coach_assignments (
  id bigint primary key default nextval('enrollment_id_seq'),
  license_id bigint not null references coach_licenses (id) on delete cascade,
  semester_id bigint not null references semesters (id) on delete cascade,
  assignment_role text not null,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint coach_assignments_role_known
    check (assignment_role in ('INSTRUCTOR', 'ASSISTANT', 'MENTOR'))
);

create unique index coach_assignments_one_active on coach_assignments (license_id, semester_id)
  where is_active;
create index coach_assignments_semester_idx on coach_assignments (semester_id);

create trigger coach_assignments_30_updated_at
  before update on coach_assignments
  for each row execute function set_updated_at();

grant usage on sequence enrollment_id_seq to lfa_app;
grant select, insert on coach_assignments to lfa_app;
grant update (assignment_role, is_active) on coach_assignments to lfa_app;

-- What the four have in common. Assignments need no payment, so theirs counts as verified.
create view v_enrollments as
select
  'LFA_PLAYER'::text as specialization_type, e.id as enrollment_id, e.license_id, l.user_id,
  e.semester_id, e.payment_verified, e.payment_reference_code, e.payment_proof_url, e.status,
  e.is_active, e.graduated_at, null::text as assignment_role, e.created_at
from lfa_player_enrollments e join lfa_player_licenses l on l.id = e.license_id
union all
select
  'GANCUJU', e.id, e.license_id, l.user_id, e.semester_id, e.payment_verified,
  e.payment_reference_code, e.payment_proof_url, e.status, e.is_active, e.graduated_at, null,
  e.created_at
from gancuju_enrollments e join gancuju_licenses l on l.id = e.license_id
union all
select
  'INTERNSHIP', e.id, e.license_id, l.user_id, e.semester_id, e.payment_verified,
  e.payment_reference_code, e.payment_proof_url, e.status, e.is_active, e.graduated_at, null,
  e.created_at
from internship_enrollments e join internship_licenses l on l.id = e.license_id
union all
select
  'COACH', a.id, a.license_id, l.user_id, a.semester_id, true, null, null,
  case when a.is_active then 'ENROLLED' else 'CANCELLED' end, a.is_active, null,
  a.assignment_role, a.created_at
from coach_assignments a join coach_licenses l on l.id = a.license_id;

grant select on v_enrollments to lfa_app;

-- Down Migration

drop view v_enrollments;
drop table coach_assignments;
drop table internship_enrollments;
drop table gancuju_enrollments;
drop table lfa_player_enrollments;
drop sequence enrollment_id_seq;
