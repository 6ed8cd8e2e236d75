import { errorsFrom, type ConstraintErrors, type ErrorRegistry } from 'service-kit'

/** What the rules of this service refuse, and how the caller is told. */
const errors = {
  JEEX_SIGN_IN_REFUSED: { status: 401, message: 'E-mail or password is not right' },
  JEEX_USER_EXISTS: { status: 409, message: 'A user with this e-mail exists' },
  JEEX_USER_UNKNOWN: { status: 404, message: 'No such user' },
  JEEX_PROJECT_UNKNOWN: { status: 404, message: 'No such project' },
  JEEX_DOCUMENT_UNKNOWN: { status: 404, message: 'No such document' },
  JEEX_EXECUTION_UNKNOWN: { status: 404, message: 'No such execution' },
  JEEX_EXPORT_UNKNOWN: { status: 404, message: 'No such export' },
  JEEX_BACKUP_UNKNOWN: { status: 404, message: 'No such backup' },
  JEEX_VERSION_STALE: {
    status: 412,
    message: 'Somebody else has changed this since you read it',
    hint: 'Read it again, and send its ETag as If-Match',
  },
  JEEX_LANGUAGE_LOCKED: {
    status: 409,
    message: 'The language cannot change once the project has a document or an execution',
  },
  JEEX_STATE_FORBIDDEN: {
    status: 409,
    message: 'The execution cannot go from its state to this one',
    hint: 'pending goes to running or cancelled, running to an end; an end is final',
  },
  JEEX_PARENT_UNKNOWN: { status: 404, message: 'The project has no such parent execution' },
  JEEX_RETRY_TAKEN: { status: 409, message: 'This execution has been retried already' },
  JEEX_EXPORT_EMPTY: {
    status: 409,
    message: 'The project has no document to export',
    hint: 'Create a document first',
  },
  JEEX_EXPORT_UNREADY: {
    status: 409,
    message: 'The export is not completed',
    hint: 'Ask for the export until its status is completed or failed',
  },
  JEEX_EXPORT_EXPIRED: {
    status: 410,
    message: 'The export has expired and its file is gone',
    hint: 'Ask for a new one',
  },
  JEEX_BACKUP_RUNNING: { status: 409, message: 'A backup is being taken' },
  JEEX_BACKUP_UNBASED: {
    status: 409,
    message: 'There is no full backup that an incremental one could add to',
    hint: 'Take a full backup first',
  },
  JEEX_BACKUP_UNFINISHED: { status: 409, message: 'The backup did not complete' },
  JEEX_BACKUP_UNCONFIGURED: {
    status: 409,
    message: 'The service was not told how to do this',
    hint: 'Set BACKUP_DATABASE_URL to take backups, BACKUP_RECOVERY_URL to restore them',
  },
  JEEX_OVERLOADED: {
    status: 503,
    message: 'More is asked of the service than it can do at once',
    hint: 'Try again after as many seconds as the retry-after header says',
  },
  JEEX_DATABASE_DOWN: {
    status: 503,
    message: 'The database cannot be reached',
    hint: 'Try again shortly; nothing of this request was kept',
  },
  JEEX_OUTCOME_UNKNOWN: {
    status: 503,
    message: 'The database went away while the change was being committed',
    hint: 'Look whether it was made, or repeat the request with the same Idempotency-Key',
  },
} as const satisfies ErrorRegistry

/** Raises one of {@link errors}: `throw fail('JEEX_PROJECT_UNKNOWN')`. */
export const fail = errorsFrom(errors)

/** What the constraints of the database mean to a caller. */
export const constraintErrors: ConstraintErrors = {
  users_email_key: () => fail('JEEX_USER_EXISTS'),
  agent_executions_parent_fkey: () => fail('JEEX_PARENT_UNKNOWN'),
  agent_executions_retry_key: () => fail('JEEX_RETRY_TAKEN'),
  backups_one_running: () => fail('JEEX_BACKUP_RUNNING'),
}
