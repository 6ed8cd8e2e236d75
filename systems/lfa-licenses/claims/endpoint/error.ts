import { claim, type HttpClient, type HttpResponse, type Random, type SystemHandle } from 'etalon'
import { openAcademy, takeIn } from '../academy.ts'
import { wronglyRefused, type Attempt } from '../contract.ts'
import { departures, readOperations, type JsonSchema, type Operation } from '../openapi.ts'
import { personOf, type Person } from '../person.ts'
import { exampleOf, sendExample } from '../request-example.ts'

const nobody = 999_999_999
/** Paths to one thing among many. */
const byKey = /\{(id|code)\}/
const unauthenticated = '401 LFA_UNAUTHENTICATED'
const forbidden = '403 LFA_FORBIDDEN'
const shape = '422 LFA_VALIDATION_FAILED'

claim('LFA-API-09', async ({ system, random, prove }) => {
  const admin = await personOf(system, 'admin:errors')
  const student = await personOf(system, 'student:errors')
  const operations = (await readOperations(system.anonymous)).filter(({ path }) => path !== session)
  const refused = keepRefusals()
  const wrongAmong = (attempts: readonly Attempt[]): Promise<unknown[]> =>
    wronglyRefused(attempts.map(([what, to, answer]) => [what, to, refused.kept(answer)]))
  const attempts = operations.flatMap((operation): Attempt[] => {
    const { name, isPublic, isForAdmins } = operation
    const example = exampleOf(operation, random, () => nobody)
    const send = (by: HttpClient, further = {}): PromiseLike<HttpResponse> =>
      sendExample(by, operation, { ...example, ...further })
    return [
      ...(isPublic ? [] : [[`${name}: nobody`, unauthenticated, send(system.anonymous)] as const]),
      ...(isForAdmins ? [[`${name}: a student`, forbidden, send(student)] as const] : []),
      ...misshapen(operation).map(
        ([what, wrong]) => [`${name}: ${what}`, shape, send(admin, wrong)] as const,
      ),
    ]
  })
  prove('operations', operations.length).isAtLeast(70)
  prove('wrong answers to who may not, or to a wrong shape', await wrongAmong(attempts)).isEmpty()

  const unknown: unknown[] = []
  for (const operation of operations.filter(({ path }) => byKey.test(path))) {
    const example = exampleOf(operation, random, () => nobody)
    const { status } = await refused.kept(sendExample(admin, operation, example))
    if (status !== 404) unknown.push({ operation: operation.name, status })
  }
  prove('unknown things that are not answered with 404', unknown).isEmpty()
  const broken = await breachesOf({ system, random, admin })
  prove('wrong answers to broken rules and conflicts', await wrongAmong(broken)).isEmpty()
  prove('refusals', refused.count()).isAtLeast(250)
  prove('refusals of another form', refused.malformed()).isEmpty()
})

/** Requests that a rule, a conflict or their very form forbids. */
async function breachesOf({
  system,
  random,
  admin,
}: {
  readonly system: SystemHandle
  readonly random: Random
  readonly admin: Person
}): Promise<Attempt[]> {
  const academy = await openAcademy(system, random, 'errors')
  const { holder, licenseIds, enrollmentIds } = await takeIn(system, academy, 'student:breaches')
  const { semesterId: semester_id, name: code } = academy.seasons.GANCUJU
  const period = { start_date: '2031-05-14', end_date: '2031-06-14' }
  const semester = { code, name: 'Twice', specialization_type: 'GANCUJU', ...period }
  const endsEarly = { ...semester, code: random.text(9), end_date: '2031-05-13' }
  const key = { headers: { 'idempotency-key': `errors-${random.text(8)}` } }
  const credits = '/api/v1/lfa-player/credits'
  await holder.post(`${credits}/purchase`, { amount: 5 }, key).expect(201)
  const spend = { enrollment_id: enrollmentIds.LFA_PLAYER, amount: 1 }
  const gancuju = '/api/v1/gancuju'
  const renewal = `/api/v1/internship/licenses/${licenseIds.INTERNSHIP}/renew`
  const promotion = `${gancuju}/licenses/${licenseIds.GANCUJU}/promote`
  const xml = { headers: { 'content-type': 'application/xml' } }
  const long = { code: 'x'.repeat(100_000) }
  const used = '409 LFA_IDEMPOTENCY_KEY_REUSED'
  return [
    ['a second licence', '409 LFA_LICENSE_EXISTS', holder.post(`${gancuju}/licenses`)],
    [
      'a second enrolment',
      '409 LFA_ENROLLMENT_EXISTS',
      holder.post(`${gancuju}/enrollments`, { semester_id }),
    ],
    ['the code of another', '409 LFA_SEMESTER_EXISTS', admin.post(semesters, semester)],
    ['a used key', used, holder.post(`${credits}/purchase`, { amount: 6 }, key)],
    ['no credits', '400 LFA_CREDITS_INSUFFICIENT', holder.post(renewal)],
    ['paying twice', '400 LFA_PRICE_EXCEEDED', holder.post(`${credits}/spend`, spend)],
    ['a level not earned', '400 LFA_PROMOTION_NOT_EARNED', admin.post(promotion, {})],
    ['an end before the start', '400 LFA_PERIOD_INVALID', admin.post(semesters, endsEarly)],
    ['half of a body', '400 LFA_MALFORMED_REQUEST', admin.post(semesters, '{"code":')],
    ['XML', '415 LFA_MEDIA_TYPE_UNSUPPORTED', admin.post(semesters, '<a/>', xml)],
    ['100 kB', '413 LFA_BODY_TOO_LARGE', admin.post(semesters, long)],
    ['no such path', '404 LFA_ROUTE_UNKNOWN', admin.get('/api/v1/nothing')],
    ['no such method', '405 LFA_METHOD_NOT_ALLOWED', admin.delete(semesters)],
  ]
}

const semesters = '/api/v1/semesters'
/** Signing out answers everybody the same, and signing in with a cookie has claims of its own. */
const session = '/api/v1/auth/session'

/** Requests that are not of the operation's shape: an unknown field, a word for a number. */
function misshapen({ path, body, parameters }: Operation): [string, object][] {
  const wrong: [string, object][] = []
  if (body) wrong.push(['an unknown field', { body: { unknown_field: 1 } }])
  if (body) wrong.push(['a list', { body: [] }])
  if (/\{(id|code)\}/.test(path))
    wrong.push(['a word for an id', { path: path.replace(/\{\w+\}/, 'a-b') }])
  if (parameters.some((one) => one.in === 'query')) {
    wrong.push(['an unknown parameter', { query: { unknown_parameter: '1' } }])
  }
  if (parameters.some((one) => one.name === 'page_size')) {
    wrong.push(['an endless page', { query: { page_size: '100000' } }])
  }
  return wrong
}

const errorForm: JsonSchema = {
  type: 'object',
  required: ['error'],
  additionalProperties: false,
  properties: {
    error: {
      type: 'object',
      required: ['code', 'message', 'requestId'],
      additionalProperties: false,
      properties: {
        code: { type: 'string' },
        message: { type: 'string' },
        hint: { type: 'string' },
        requestId: { type: 'string' },
        details: {},
      },
    },
  },
}

/** What an answer must not tell: where in the code it comes from, and what was asked of SQL. */
const inside = /\.ts\b|node_modules|\bat \S+:\d+|\bselect\b.*\bfrom\b|insert into|pg_/i

/** Keeps what is wrong with the form of each refusal that passes. */
function keepRefusals(): {
  kept(answer: PromiseLike<HttpResponse>): Promise<HttpResponse>
  malformed(): unknown[]
  count(): number
} {
  const wrong: unknown[] = []
  let count = 0
  return {
    async kept(answer) {
      const response = await answer
      const { status, headers, text, body } = response
      const { error } = body as { error?: { code?: string; message?: string; requestId?: string } }
      const problems = [
        ...departures(errorForm, body),
        ...(/^LFA(_[A-Z]+)+$/.test(error?.code ?? '') ? [] : ['the code']),
        ...(error?.message ? [] : ['no message']),
        ...(error?.requestId === headers['x-request-id'] ? [] : ['another request id']),
        ...(headers['content-type'] === 'application/json; charset=utf-8' ? [] : ['the type']),
        ...(inside.test(text) ? ['tells of the inside'] : []),
      ]
      if (status < 400) problems.push('no refusal')
      if (problems.length > 0) wrong.push({ request: response.request, status, problems })
      count += 1
      return response
    },
    malformed: () => wrong,
    count: () => count,
  }
}
