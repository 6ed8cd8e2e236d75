import { claim, signToken, type HttpResponse } from 'etalon'

interface Token {
  readonly access_token: string
  readonly token_type: string
  readonly expires_in: number
  readonly user: { readonly id: string; readonly email: string }
}

const path = '/api/v1/auth'

claim('CHAR-API-01', async ({ system, sql, random, prove }) => {
  const { name, services } = system
  const username = random.text(10)
  const account = {
    email: `${username}@observatory.example`,
    username,
    password: `a long password ${random.text(6)}`,
  }
  const { email, password } = account
  const made = await system.anonymous.post(`${path}/register`, account)
  prove('making an account', made.status).equals(201)
  prove('the password in its answer', made.text.includes(password)).equals(false)
  const again = await system.anonymous.post(`${path}/register`, account)
  prove('making it again', again.status).equals(409)
  const wrong = await system.anonymous.post(`${path}/login`, { email, password: `${password}!` })
  prove('a wrong password', wrong.status).equals(401)
  const { body } = await system.anonymous
    .post<Token>(`${path}/login`, { email, password })
    .expect(200)
  prove('the token', body).holds({ token_type: 'Bearer' })
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } })
  const me = await system.anonymous.get(`${path}/me`, bearer(body.access_token))
  prove('who the caller is', me.body).equals({ ...body.user, email, username, role: 'user' })
  const fresh = await system.anonymous
    .post<Token>(`${path}/refresh`, undefined, bearer(body.access_token))
    .expect(200)
  const seen = await system.anonymous.get(`${path}/me`, bearer(fresh.body.access_token))
  prove('asking with the new token', seen.status).equals(200)
  const signedInAtS = Math.floor(Date.now() / 1_000) - 7 * 86_400
  const refreshed = async (auth_time: number): Promise<HttpResponse<Token>> => {
    const claims = { sub: body.user.id, iss: name, aud: name, epoch: 0, auth_time }
    const token = signToken(claims, services.secret('jwt'))
    return system.anonymous.post<Token>(`${path}/refresh`, undefined, bearer(token))
  }
  const within = await refreshed(signedInAtS + 600)
  prove('a new token within a week after signing in', within.status).equals(200)
  prove('what it says of that time', payloadOf(within.body.access_token)).holds({
    auth_time: signedInAtS + 600,
  })
  prove('a new one after a week', (await refreshed(signedInAtS - 1)).status).equals(401)
  const page = await system.anonymous.post('/auth/session', { email, password }).expect(200)
  const [cookie = ''] = (page.headers['set-cookie'] ?? '').split(';', 1)
  const scripted = await system.anonymous.post(`${path}/refresh`, undefined, {
    headers: { cookie, 'sec-fetch-site': 'same-origin' },
  })
  prove('a token for the scripts of a page', scripted.status).equals(401)
  const [head, , signature] = body.access_token.split('.')
  const claims = Buffer.from(JSON.stringify({ sub: body.user.id })).toString('base64url')
  const forged = await system.anonymous.get(`${path}/me`, bearer(`${head}.${claims}.${signature}`))
  prove('asking with a forged one', forged.status).equals(401)
  await system.anonymous.delete('/auth/session', bearer(fresh.body.access_token)).expect(204)
  const afterwards = [
    await system.anonymous.get(`${path}/me`, bearer(body.access_token)),
    await system.anonymous.get(`${path}/me`, bearer(fresh.body.access_token)),
    await system.anonymous.get(`${path}/me`, { headers: { cookie } }),
  ]
  prove(
    'asking with either token, or as the page, once somebody has signed out',
    afterwards.map(({ status }) => status),
  ).equals([401, 401, 401])
  const { status: back } = await system.anonymous.post(`${path}/login`, { email, password })
  prove('signing in again', back).equals(200)
  const kept = await sql.value<string>('select password_hash from users where email = $1', [email])
  prove('the password where it is kept', kept.includes(password)).equals(false)
  await sql.run('update users set is_active = false where email = $1', [email])
  const left = await system.anonymous.post(`${path}/login`, { email, password })
  prove('signing in when the account is closed', left.status).equals(401)
})

function payloadOf(token: string): unknown {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}
