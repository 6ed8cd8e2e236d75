import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { signedIn } from '../../src/claims/signed-in.ts'

const secret = 'a-secret-of-at-least-32-characters'

test('header and cookie carry one token, which the secret signs', () => {
  const facts = { id: '7' }
  const claims = { epoch: 3 }
  const { headers, browser, ...rest } = signedIn({
    subject: '7',
    issuer: 'shop',
    secret,
    claims,
    facts,
  })
  const token = /^Bearer (.+)$/.exec(headers['authorization'] ?? '')?.[1] ?? ''
  expect(browser?.cookies).toEqual([{ name: 'session', value: token }])
  expect(rest).toEqual({ facts })

  const [head, content = '', signature] = token.split('.')
  const right = createHmac('sha256', secret).update(`${head}.${content}`).digest('base64url')
  expect(signature).toBe(right)
  const said: unknown = JSON.parse(Buffer.from(content, 'base64url').toString())
  expect(said).toMatchObject({ sub: '7', iss: 'shop', aud: 'shop', epoch: 3 })
})
