-- Up Migration

create sequence attendance_id_seq as bigint;

create table lfa_player_attendance (
  id bigint primary key default nextval('attendance_id_seq'),
  enrollment_id bigint not null references lfa_player_enrollments (id) on delete cascade,
  session_id bigint not null references sessions (id) on delete cascade,
  status text not null default 'ABSENT',
  checked_in_at timestamptz,
  checked_in_by bigint references users (id) on delete set null,
  notes text,
  instructor_rating smallint check (instructor_rating between 0 and 5),
  quiz_score_percent numeric(5, 2) check (quiz_score_percent between 0 and 100),
  xp_earned integer not null default 0 check (xp_earned >= 0),
  created_at timestamptz not null default now(),
  constraint lfa_player_attendance_once unique (enrollment_id, session_id),
  constraint lfa_player_attendance_status_known
    check (status in ('PRESENT', 'ABSENT', 'LATE', 'EXCUSED')),
  constraint lfa_player_attendance_present_checked_in
    check (status <> 'PRESENT' or checked_in_at is not null)
);

create table gancuju_attendance (
  id bigint primary key default nextval('attendance_id_seq'),
  enrollment_id bigint not null references gancuju_enrollments (id) on delete cascade,
  session_id bigint not null references sessions (id) on delete cascade,
  status text not null default 'ABSENT',
  checked_in_at timestamptz,
  checked_in_by bigint references users (id) on delete set null,
  notes text,
  created_at timestamptz not null default now(),
  constraint gancuju_attendance_once unique (enrollment_id, session_id),
  constraint gancuju_attendance_status_known
    check (status in ('PRESENT', 'ABSENT', 'LATE', 'EXCUSED')),
  constraint gancuju_attendance_present_checked_in
    check (status <> 'PRESENT' or checked_in_at is not null)
);

create table internship_attendance (
  id bigint primary key default nextval('attendance_id_seq'),
  enrollment_id bigint not null references internship_enrollments (id) on delete cascade,
  session_id bigint not null references sessions (id) on delete cascade,
  status text not null default 'ABSENT',
  checked_in_at timestamptz,
  checked_in_by bigint references users (id) on delete set null,
  notes text,
  instructor_rating smallint check (instructor_rating between 0 and 5),
  quiz_score_percent numeric(5, 2) check (quiz_score_percent between 0 and 100),
  xp_earned integer not null default 0 check (xp_earned >= 0),
  created_at timestamptz not null default now(),
  constraint internship_attendance_once unique (enrollment_id, session_id),
  constraint internship_attendance_status_known
    check (status in ('PRESENT', 'ABSENT', 'LATE', 'EXCUSED')),
  constraint internship_attendance_present_checked_in
    check (status <> 'PRESENT' or checked_in_at is not null)
);

-- A coach is enrolled by an assignment; the column has the name that it has in the other tables.
create table coach_attendance (
  id bigint primary key default nextval('attendance_id_seq'),
  enrollment_id bigint not null references coach_assignments (id) on delete cascade,
  session_id bigint not null references sessions (id) on delete cascade,
  status text not null default 'ABSENT',
  checked_in_at timestamptz,
  checked_in_by bigint references users (id) on delete set null,
  notes text,
  theory_hours_earned integer not null default 0 check (theory_hours_earned >= 0),
  practice_hours_earned integer not null default 0 check (practice_hours_earned >= 0),
  created_at timestamptz not null default now(),
  constraint coach_attendance_once unique (enrollment_id, session_id),
  constraint coach_attendance_status_known
    check (status in ('PRESENT', 'ABSENT', 'LATE', 'EXCUSED')),
  constraint coach_attendance_present_checked_in
    check (status <> 'PRESENT' or checked_in_at is not null),
  constraint coach_attendance_present_earns_hours
    check ((status = 'PRESENT') = (theory_hours_earned > 0 or practice_hours_earned > 0))
);

create index lfa_player_attendance_session_idx on lfa_player_attendance (session_id);
create index gancuju_attendance_session_idx on gancuju_attendance (session_id);
create index internship_attendance_session_idx on internship_attendance (session_id);
create index coach_attendance_session_idx on coach_attendance (session_id);

grant usage on sequence attendance_id_seq to lfa_app;
grant select, insert
  on lfa_player_attendance, gancuju_attendance, internship_attendance, coach_attendance
  to lfa_app;
grant update (status, checked_in_at, checked_in_by, notes, instructor_rating, quiz_score_percent,
    xp_earned) on lfa_player_attendance, internship_attendance to lfa_app;
grant update (status, checked_in_at, checked_in_by, notes) on gancuju_attendance to lfa_app;
grant update (status, checked_in_at, checked_in_by, notes, theory_hours_earned,
    practice_hours_earned) on coach_attendance to lfa_app;

-- Down Migration

drop table coach_attendance;
drop table internship_attendance;
drop table gancuju_attendance;
drop table lfa_player_attendance;
drop sequence attendance_id_seq;
