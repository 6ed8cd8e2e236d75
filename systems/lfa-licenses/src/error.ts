import { errorsFrom, requestError, type ConstraintErrors, type ErrorRegistry } from 'service-kit'

/** What the rules of this domain refuse, and how the caller is told. */
const errors = {
  LFA_SIGN_IN_REFUSED: { status: 401, message: 'E-mail or password is not right' },
  LFA_PASSWORD_WRONG: { status: 400, message: 'The current password is not right' },
  LFA_USER_UNKNOWN: { status: 404, message: 'No such user' },
  LFA_USER_EXISTS: { status: 409, message: 'A user with this e-mail exists' },
  LFA_LAST_ADMIN: {
    status: 409,
    message: 'The last active admin cannot be removed',
    hint: 'Make another user an admin first',
  },
  LFA_LICENSE_UNKNOWN: { status: 404, message: 'No such licence' },
  LFA_LICENSE_FOREIGN: {
    status: 403,
    message: 'This licence is not yours to see or change',
    hint: 'Students reach their own licences, instructors those of the semesters they teach',
  },
  LFA_LICENSE_EXISTS: {
    status: 409,
    message: 'The user has an active licence in this specialization',
  },
  LFA_LICENSE_INACTIVE: {
    status: 400,
    message: 'The licence is not active',
    hint: 'Renew it if it has expired',
  },
  LFA_AGE_UNKNOWN: {
    status: 400,
    message: 'The age group cannot be told without a date of birth',
    hint: 'Send age_group, or set the date of birth of the user',
  },
  LFA_AGE_NOT_ALLOWED: { status: 400, message: 'The age of the user does not allow this' },
  LFA_SEMESTER_UNKNOWN: { status: 404, message: 'No such semester' },
  LFA_SEMESTER_EXISTS: { status: 409, message: 'A semester with this code exists' },
  LFA_SEMESTER_CLOSED: { status: 400, message: 'The semester is not open' },
  LFA_SPECIALIZATION_MISMATCH: {
    status: 400,
    message: 'This belongs to another specialization',
    hint: 'Licences, semesters and credits of one specialization do not serve another',
  },
  LFA_SESSION_UNKNOWN: { status: 404, message: 'No such session' },
  LFA_SESSION_FOREIGN: { status: 403, message: 'You do not teach this session' },
  LFA_SESSION_NOT_BEGUN: {
    status: 409,
    message: 'The session has not begun',
    hint: 'Before it begins somebody can only be excused',
  },
  LFA_SESSION_FULL: { status: 409, message: 'The session has no place left' },
  LFA_SESSION_WITHOUT_HOURS: {
    status: 400,
    message: 'This session gives no theory or practice hours',
    hint: 'A coach is present only where hours are earned; set them on the session',
  },
  LFA_INSTRUCTOR_UNKNOWN: { status: 400, message: 'No instructor has this id' },
  LFA_PERIOD_INVALID: { status: 400, message: 'The start must be before the end' },
  LFA_ENROLLMENT_UNKNOWN: { status: 404, message: 'No such enrolment' },
  LFA_ENROLLMENT_EXISTS: { status: 409, message: 'The licence is enrolled in this semester' },
  LFA_ENROLLMENT_CLOSED: { status: 409, message: 'The enrolment was cancelled or has graduated' },
  LFA_ENROLLMENT_ATTENDED: {
    status: 409,
    message: 'An enrolment cannot be cancelled once a session was marked or has begun',
  },
  LFA_PAYMENT_UNVERIFIED: {
    status: 409,
    message: 'The payment of the enrolment has not been verified',
  },
  LFA_ATTENDANCE_TAKEN: { status: 409, message: 'The user is marked present already' },
  LFA_TRANSACTION_UNKNOWN: { status: 404, message: 'No such purchase' },
  LFA_PRICE_EXCEEDED: {
    status: 400,
    message: 'That is more than is left to pay for the enrolment',
    hint: 'See details for what is left; nothing is once the payment is verified',
  },
  LFA_CREDITS_INSUFFICIENT: { status: 400, message: 'The licence does not have enough credits' },
  LFA_LEVEL_MAX: { status: 400, message: 'There is no higher level' },
  LFA_LEVEL_MIN: { status: 400, message: 'There is no lower level' },
  LFA_PROMOTION_NOT_EARNED: {
    status: 400,
    message: 'The next level takes more than the licence has',
    hint: 'See details for what is missing',
  },
  LFA_PROMOTION_NOT_YOURS: { status: 403, message: 'This level is decided by an admin' },
  LFA_PROMOTION_APPROVED: {
    status: 409,
    message: 'You have approved this promotion already',
    hint: 'A second admin has to approve it',
  },
  LFA_OVERRIDE_NOT_YOURS: { status: 403, message: 'Only an admin may override requirements' },
  LFA_PROGRAMME_INCOMPLETE: { status: 400, message: 'The programme takes more XP' },
  LFA_GRADUATION_NOT_EARNED: {
    status: 400,
    message: 'The enrolment does not meet what graduation takes',
    hint: 'See details for what is missing',
  },
  LFA_SPECIALIZATION_UNKNOWN: {
    status: 404,
    message: 'No progress is kept for a specialization of this name',
    hint: 'See details for those that have progress',
  },
  LFA_PROGRESS_UNKNOWN: {
    status: 404,
    message: 'The user has not begun this specialization',
    hint: 'Begin it with POST /specializations/progress',
  },
  LFA_PROGRESS_EXISTS: { status: 409, message: 'The user has begun this specialization already' },
  LFA_PROGRESS_FOREIGN: {
    status: 403,
    message: 'This progress is not yours to see or change',
    hint: 'Instructors reach the students of the semesters they teach, and never themselves',
  },
  LFA_PROGRESS_NEGATIVE: { status: 400, message: 'Progress cannot go below zero' },
  LFA_LEVEL_OUT_OF_RANGE: {
    status: 400,
    message: 'The ladder has no such level',
    hint: 'See details for the highest level',
  },
  LFA_UPDATE_FAILED: {
    status: 503,
    message: 'The level could not be set; progress and licence are as they were',
    hint: 'Try again shortly',
  },
  LFA_HEALTH_UNCHECKED: {
    status: 404,
    message: 'There has been no check yet',
    hint: 'Make one with POST /health/check-now',
  },
  LFA_CHECK_RUNNING: {
    status: 409,
    message: 'A check is under way',
    hint: 'Wait for it, or make a dry run',
  },
  LFA_SYNC_RUNNING: { status: 409, message: 'Everybody is being repaired already' },
  LFA_CERTIFICATE_UNKNOWN: { status: 404, message: 'No such certificate' },
} as const satisfies ErrorRegistry

/** Raises one of {@link errors}: `throw fail('LFA_LICENSE_UNKNOWN')`. */
export const fail = errorsFrom(errors)

/** What the constraints of the database mean to a caller. */
export const constraintErrors: ConstraintErrors = {
  users_email_key: () => fail('LFA_USER_EXISTS'),
  semesters_code_key: () => fail('LFA_SEMESTER_EXISTS'),
  semesters_start_before_end: () => fail('LFA_PERIOD_INVALID'),
  sessions_start_before_end: () => fail('LFA_PERIOD_INVALID'),
  sessions_semester_id_fkey: () => fail('LFA_SEMESTER_UNKNOWN'),
  ...forEach(['lfa_player', 'gancuju', 'internship', 'coach'], (prefix) => ({
    [`${prefix}_licenses_one_active`]: () => fail('LFA_LICENSE_EXISTS'),
    [`${prefix}_licenses_user_id_fkey`]: () => fail('LFA_USER_UNKNOWN'),
    [`${prefix}_enrollments_one_active`]: () => fail('LFA_ENROLLMENT_EXISTS'),
  })),
  specialization_progress_student_id_fkey: () => fail('LFA_USER_UNKNOWN'),
  coach_assignments_one_active: () => fail('LFA_ENROLLMENT_EXISTS'),
  ...forEach(['lfa_player', 'internship'], (prefix) => ({
    [`${prefix}_credit_transactions_idempotency_key`]: () => requestError('IDEMPOTENCY_KEY_REUSED'),
  })),
}

function forEach(
  prefixes: readonly string[],
  entries: (prefix: string) => ConstraintErrors,
): ConstraintErrors {
  return Object.assign({}, ...prefixes.map(entries)) as ConstraintErrors
}
