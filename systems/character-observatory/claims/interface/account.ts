import { claim } from 'etalon'

interface Token {
  readonly access_token: string
  readonly token_type: string
  readonly expires_in: number
  readonly user: { readonly id: string; readonly email: string }
}

const path = '/api/v1/auth'

claim('CHAR-API-01', async ({ system, sql, random, prove }) => {
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
  const [head, , signature] = body.access_token.split('.')
  const claims = Buffer.from(JSON.stringify({ sub: body.user.id })).toString('base64url')
  const forged = await system.anonymous.get(`${path}/me`, bearer(`${head}.${claims}.${signature}`))
  prove('asking with a forged one', forged.status).equals(401)
  const kept = await sql.value<string>('select password_hash from users where email = $1', [email])
  prove('the password where it is kept', kept.includes(password)).equals(false)
  await sql.run('update users set is_active = false where email = $1', [email])
  const left = await system.anonymous.post(`${path}/login`, { email, password })
  prove('signing in when the account is closed', left.status).equals(401)
})
