import { createService, type Question, type Wire, type WirePage } from 'page-kit'
import type { Certificate } from '../src/schema/certificate.ts'
import type { LicenseCard } from '../src/schema/card.ts'
import type { CreditBalance, CreditTransaction } from '../src/schema/credit.ts'
import type { Enrollment } from '../src/schema/enrollment.ts'
import type { HealthMetrics, HealthState, CheckReport, Violation } from '../src/schema/health.ts'
import type { BulkRepair, Inconsistency, ProgressView, Repair } from '../src/schema/progress.ts'
import type { PendingPayment, PromotionCandidate, RosterLine } from '../src/schema/queue.ts'
import type { AuditRow, ProgressionRow } from '../src/schema/record.ts'
import type { Semester, Session } from '../src/schema/semester.ts'
import type { Attendance, RollCallLine } from '../src/schema/attendance.ts'
import type { UserRow } from '../src/schema/user.ts'
import type { Specialization } from '../src/specialization.ts'

export type { Specialization }
export type User = Wire<UserRow>
export type Card = Wire<LicenseCard>
export type SemesterView = Wire<Semester>
export type SessionView = Wire<Session>
export type EnrollmentView = Wire<Enrollment>
export type CertificateView = Wire<Certificate>
export type PaymentView = Wire<PendingPayment>
export type CandidateView = Wire<PromotionCandidate>
export type RosterView = Wire<RosterLine>
export type AuditView = Wire<AuditRow>
export type RollCallView = Wire<RollCallLine>
export type Progress = Wire<ProgressView>
export type HealthStateView = Wire<HealthState>
export type HealthMetricsView = Wire<HealthMetrics>
export type CheckReportView = Wire<CheckReport>
export type ViolationView = Wire<Violation>
export type InconsistencyView = Wire<Inconsistency>
export type RepairView = Wire<Repair>
export type BulkRepairView = Wire<BulkRepair>

/** What a certificate's code tells anybody. */
export type Verification = Omit<CertificateView, 'license_id' | 'enrollment_id' | 'user_id'> & {
  readonly status: 'valid' | 'revoked'
}

/** The service that served this page. */
export const service = createService<User>('/api/v1')

const { at } = service

export const { client } = service

export const cards = at<Card[]>('/licenses/cards')
export const ownCertificates = at<CertificateView[]>('/certificates/mine')
export const semesters = at<WirePage<SemesterView>>('/semesters', { page_size: 200 })
export const enrollments = at<WirePage<EnrollmentView>>('/enrollments', { page_size: 200 })

export const progressions = (licenseId: number): Question<Wire<ProgressionRow>[]> =>
  at(`/licenses/${licenseId}/progressions`)

export const attendanceOf = (enrollmentId: number): Question<Wire<Attendance>[]> =>
  at(`/enrollments/${enrollmentId}/attendance`)

export const creditBalance = (path: string): Question<Wire<CreditBalance>> =>
  at(`/${path}/credits/balance`)

export const creditTransactions = (
  path: string,
  page: number,
): Question<WirePage<Wire<CreditTransaction>>> =>
  at(`/${path}/credits/transactions`, { page, page_size: 20 })

export const sessionsOf = (instructorId: number): Question<WirePage<SessionView>> =>
  at('/sessions', { instructor_id: instructorId, page_size: 200 })

export const sessionOf = (id: string): Question<SessionView> => at(`/sessions/${id}`)
export const rollCall = (id: string): Question<RollCallView[]> => at(`/sessions/${id}/roll-call`)

export const roster = (filter: {
  readonly specialization?: string | undefined
  readonly search?: string | undefined
  readonly expires_within_days?: number | undefined
  readonly page: number
  readonly page_size: number
}): Question<WirePage<RosterView>> => at('/licenses/roster', { ...filter })

export const pendingPayments = (page: number, page_size: number): Question<WirePage<PaymentView>> =>
  at('/payments/pending', { page, page_size })

export const candidates = (page: number, page_size: number): Question<WirePage<CandidateView>> =>
  at('/promotions/pending', { page, page_size })

export const audit = (filter: {
  readonly entity?: string | undefined
  readonly entity_id?: string | undefined
  readonly page: number
}): Question<WirePage<AuditView>> => at('/audit', { ...filter, page_size: 25 })

export const verification = (code: string): Question<Verification> =>
  at(`/verify/${encodeURIComponent(code)}`)

export const playerLicense = (id: number): Question<Wire<NonNullable<LicenseCard['skills']>>> =>
  at(`/lfa-player/licenses/${id}`)

export const ownProgress = at<{ readonly items: Progress[] }>('/specializations/progress/me')
export const healthStatus = at<HealthStateView>('/health/status')
export const healthMetrics = at<HealthMetricsView>('/health/metrics')

export const violations = (page: number): Question<WirePage<ViolationView>> =>
  at('/health/violations', { page, page_size: 20 })

export const desyncIssues = (
  specialization: string,
  page: number,
): Question<WirePage<InconsistencyView>> =>
  at('/licenses/admin/sync/desync-issues', {
    specialization,
    page,
    page_size: 20,
  })
