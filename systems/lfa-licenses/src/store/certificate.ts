import { statement, type Statement } from 'service-kit'
import type { Certificate } from '../schema/certificate.ts'
import { namesOf, type EnrolledSpecialization } from '../specialization.ts'

const columns = `c.code, c.license_id, c.enrollment_id, c.user_id, c.specialization_type,
  c.holder_name, c.semester_name, c.level, c.overall_avg, c.attendance_percent, c.issued_at,
  c.revoked_at, c.revocation_reason`

type IssueValues = [
  code: string,
  enrollmentId: number,
  attendancePercent: number,
  issuedBy: number,
  now: Date,
]

const figuresOf = {
  LFA_PLAYER: 'null::smallint, l.overall_avg',
  GANCUJU: 'l.current_level, null::numeric',
  INTERNSHIP: 'l.current_level, null::numeric',
}

function issueFor(specialization: EnrolledSpecialization): Statement<Certificate, IssueValues> {
  const { prefix } = namesOf[specialization]
  return statement(
    `${prefix}-certificate-issue`,
    `insert into certificates as c
       (code, ${prefix}_enrollment_id, license_id, user_id, specialization_type, holder_name,
        semester_name, level, overall_avg, attendance_percent, issued_by, issued_at)
     select $1, e.id, l.id, u.id, '${specialization}', u.name, m.name,
       ${figuresOf[specialization]}, $3, $4, $5
     from ${prefix}_enrollments e
     join ${prefix}_licenses l on l.id = e.license_id
     join users u on u.id = l.user_id
     join semesters m on m.id = e.semester_id
     where e.id = $2 returning ${columns}`,
  )
}

/** Writes the certificate of a graduation with the names and figures of this moment. */
export const issueCertificate = {
  LFA_PLAYER: issueFor('LFA_PLAYER'),
  GANCUJU: issueFor('GANCUJU'),
  INTERNSHIP: issueFor('INTERNSHIP'),
}

/** The newest certificate of a licence. */
export const findLicenseCertificate = statement<Certificate, [licenseId: number]>(
  'certificate-of-license',
  `select ${columns} from certificates c where c.license_id = $1 order by c.id desc limit 1`,
)

/** A user's certificates, newest first, also those that were revoked. */
export const readCertificatesOf = statement<Certificate, [userId: number]>(
  'certificate-of-user',
  `select ${columns} from certificates c where c.user_id = $1 order by c.id desc`,
)

export const findCertificate = statement<Certificate, [code: string]>(
  'certificate-by-code',
  `select ${columns} from certificates c where c.code = $1`,
)

/** Revokes; gives no row when that was done before. */
export const revokeCertificate = statement<
  Certificate & { id: number },
  [code: string, reason: string, now: Date]
>(
  'certificate-revoke',
  `update certificates c set revoked_at = $3, revocation_reason = $2
   where c.code = $1 and c.revoked_at is null returning c.id, ${columns}`,
)

export const countAssessments = statement<{ count: number }, [licenseId: number]>(
  'certificate-assessments',
  'select count(*)::integer as count from skill_assessments where license_id = $1',
)
