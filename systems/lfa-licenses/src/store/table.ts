import { Kysely, PostgresDialect, type ColumnType } from 'kysely'
import type { Pool } from 'pg'
import type { Role } from '../actor.ts'
import type { Specialization } from '../specialization.ts'

/** What Kysely's typed lists read; every write is plain SQL in the other files of this folder. */
export interface Tables {
  users: UserTable
  semesters: SemesterTable
  sessions: SessionTable
  v_all_active_licenses: ActiveLicenseView
  v_enrollments: EnrollmentView
  license_progressions: ProgressionTable
  xp_transactions: XpTransactionTable
  audit_log: AuditTable
}

/** Typed lists over a pool. */
export function openTables(pool: Pool): Kysely<Tables> {
  return new Kysely({ dialect: new PostgresDialect({ pool }) })
}

/** Read as a `Date`, compared with one. */
type Instant = ColumnType<Date, never, never>

interface UserTable {
  id: number
  email: string
  name: string
  role: Role
  is_active: boolean
  date_of_birth: string | null
  parental_consent: boolean
  xp_balance: number
  created_at: Instant
}

interface SemesterTable {
  id: number
  code: string
  name: string
  specialization_type: Specialization
  start_date: string
  end_date: string
  status: 'DRAFT' | 'OPEN' | 'ACTIVE' | 'COMPLETED' | 'CANCELLED'
  cost_credits: number
  created_at: Instant
}

interface SessionTable {
  id: number
  semester_id: number
  title: string | null
  starts_at: Instant
  ends_at: Instant
  session_type: 'ON_SITE' | 'VIRTUAL' | 'HYBRID'
  instructor_id: number | null
  capacity: number
  base_xp: number
  theory_hours: number
  practice_hours: number
  created_at: Instant
}

interface ActiveLicenseView {
  specialization_type: Specialization
  license_id: number
  user_id: number
  current_level: number | null
  max_achieved_level: number | null
  credit_balance: number | null
  total_xp: number | null
  age_group: string | null
  overall_avg: number | null
  win_rate: number | null
  theory_hours: number | null
  practice_hours: number | null
  teaching_hours: number | null
  expires_at: ColumnType<Date | null, never, never>
  created_at: Instant
  updated_at: Instant
}

interface EnrollmentView {
  specialization_type: Specialization
  enrollment_id: number
  license_id: number
  user_id: number
  semester_id: number
  payment_verified: boolean
  payment_reference_code: string | null
  payment_proof_url: string | null
  status: 'ENROLLED' | 'GRADUATED' | 'CANCELLED'
  is_active: boolean
  graduated_at: ColumnType<Date | null, never, never>
  assignment_role: string | null
  created_at: Instant
}

interface ProgressionTable {
  id: number
  license_id: number | null
  from_level: number
  to_level: number
  advanced_by: number | null
  advancement_reason: string | null
  requirements_met: unknown
  is_override: boolean
  advanced_at: Instant
}

interface XpTransactionTable {
  id: number
  user_id: number
  license_id: number
  source: string
  amount: number
  balance_after: number
  level_before: number | null
  level_after: number | null
  granted_by: number | null
  description: string | null
  idempotency_key: string
  created_at: Instant
}

interface AuditTable {
  id: number
  actor_id: number | null
  action: string
  entity: string
  entity_id: number
  before: unknown
  after: unknown
  at: Instant
}
