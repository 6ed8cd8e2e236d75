import { errorsFrom, type ConstraintErrors, type ErrorRegistry } from 'service-kit'

/** What the rules of this service refuse, and how the caller is told. */
const errors = {
  CHAR_SIGN_IN_REFUSED: { status: 401, message: 'E-mail or password is not right' },
  CHAR_SIGN_IN_OLD: {
    status: 401,
    message: 'It is too long since you signed in',
    hint: 'Sign in again',
  },
  CHAR_USER_EXISTS: { status: 409, message: 'A user with this e-mail or name exists' },
  CHAR_ECOSYSTEM_UNKNOWN: { status: 404, message: 'No such ecosystem' },
  CHAR_ECOSYSTEM_FOREIGN: {
    status: 403,
    message: 'You are not a member of this ecosystem, or may not do this in it',
    hint: 'Ask its owner to make you a member',
  },
  CHAR_MEMBER_UNKNOWN: { status: 404, message: 'No such member of the ecosystem' },
  CHAR_OWNER_STAYS: {
    status: 409,
    message: 'The owner of an ecosystem stays a member of it',
    hint: 'DELETE /api/v1/ecosystems/{id} ends the ecosystem',
  },
  CHAR_ECOSYSTEM_FULL: { status: 409, message: 'The ecosystem has as many characters as it may' },
  CHAR_CHARACTER_UNKNOWN: { status: 404, message: 'No such character' },
  CHAR_CHARACTER_INACTIVE: { status: 409, message: 'The character is not active' },
  CHAR_ECOSYSTEMS_DIFFER: { status: 409, message: 'The characters live in different ecosystems' },
  CHAR_SAME_CHARACTER: { status: 422, message: 'A character cannot interact with itself' },
  CHAR_EXHAUSTED: {
    status: 409,
    message: 'A character has not enough energy for this',
    hint: 'details says who, and how long until there is enough',
  },
  CHAR_COOLDOWN: {
    status: 409,
    message: 'The two have met a moment ago',
    hint: 'details says how long to wait',
  },
  CHAR_AUTONOMY_FORBIDDEN: {
    status: 409,
    message: 'The ecosystem does not let its characters act by themselves',
    hint: 'Its owner allows it by the setting allow_autonomous',
  },
  CHAR_GRAPH_DOWN: {
    status: 503,
    message: 'The graph server is away',
    hint: 'Questions about the graph are answered from PostgreSQL meanwhile',
  },
  CHAR_RESTED: {
    status: 409,
    message: 'The character has rested within the hour',
    hint: 'details says how long to wait',
  },
} as const satisfies ErrorRegistry

/** Raises one of {@link errors}: `throw fail('CHAR_CHARACTER_UNKNOWN')`. */
export const fail = errorsFrom(errors)

/** What the constraints of the database mean to a caller. */
export const constraintErrors: ConstraintErrors = {
  users_email_key: () => fail('CHAR_USER_EXISTS'),
  users_username_key: () => fail('CHAR_USER_EXISTS'),
}
