import { claim, type HttpClient, type HttpResponse, type Random, type SystemHandle } from 'etalon'
import { personOf, type Person } from '../person.ts'

const session = '/api/v1/auth/session'
const self = '/api/v1/users/me'

interface Credentials {
  readonly email: string
  readonly password: string
}

claim('LFA-T-61', { name: 'signed-out' }, async ({ system, random, prove }) => {
  const { anonymous } = system
  const admin = await personOf(system, 'admin:signed-out')
  const account = await newAccount(admin, random)
  const other = await personOf(system, 'student:signed-in')
  const program = await programOf(system, account)
  const page = await pageOf(anonymous, account)
  const statuses = async (...callers: readonly HttpClient[]): Promise<number[]> => {
    const answers: HttpResponse[] = []
    for (const by of callers) answers.push(await by.get(self))
    return answers.map(({ status }) => status)
  }
  prove('what a program and a page get', await statuses(program, page)).equals([200, 200])
  await anonymous.delete(session).expect(204)
  const { status: foreign } = await page.delete(session, {
    headers: { 'sec-fetch-site': 'cross-site' },
  })
  prove('signed out from another site', foreign).equals(403)
  prove('after that, and after a sign-out of nobody', await statuses(program, page)).equals([
    200, 200,
  ])
  await page.delete(session).expect(204)
  prove('once the page has signed out', await statuses(program, page, other)).equals([
    401, 401, 200,
  ])

  const [later, kept] = [await programOf(system, account), await pageOf(anonymous, account)]
  const changed = await kept.put(`${self}/password`, {
    current_password: account.password,
    new_password: `${account.password} anew`,
  })
  prove('the password changed', changed.status).equals(204)
  const renewed = anonymous.as('the page afterwards', cookieOf(changed))
  prove('once the password is changed', await statuses(later, kept, renewed, other)).equals([
    401, 401, 200, 200,
  ])
  const again = await anonymous.post('/api/v1/auth/sign-in', account)
  prove('signing in with the old password', again.status).equals(401)
})

async function newAccount(admin: Person, random: Random): Promise<Credentials> {
  const account = { email: `${random.text(12)}@lfa.example`, password: random.text(20) }
  const body = { ...account, name: 'Somebody', role: 'STUDENT' }
  await admin.post('/api/v1/users', body).expect(201)
  return account
}

async function programOf({ anonymous }: SystemHandle, account: Credentials): Promise<HttpClient> {
  const { body } = await anonymous
    .post<{ access_token: string }>('/api/v1/auth/sign-in', account)
    .expect(200)
  return anonymous.as('a program', { authorization: `Bearer ${body.access_token}` })
}

async function pageOf(anonymous: HttpClient, account: Credentials): Promise<HttpClient> {
  return anonymous.as('a page', cookieOf(await anonymous.post(session, account).expect(200)))
}

/** What a page of the service sends after such an answer. */
function cookieOf({ headers }: HttpResponse): Record<string, string> {
  const [cookie = ''] = (headers['set-cookie'] ?? '').split(';', 1)
  return { cookie, 'sec-fetch-site': 'same-origin' }
}
