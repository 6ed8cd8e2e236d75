import { claim } from 'etalon'
import { press, showsPhase } from '../page.ts'
import { plain as personality_traits } from '../scene.ts'

interface Page<Item> {
  readonly items: readonly Item[]
}

/** Somebody signs in by the page with an account of the API, and both say the same from then on. */
claim('CHAR-T-21', async (context) => {
  const { system, browser, random, prove } = context
  const { anonymous } = system
  const username = random.text(10)
  const account = { email: `${username}@observatory.example`, username, password: random.text(20) }
  const { email, password } = account
  await anonymous.post('/api/v1/auth/register', account).expect(201)

  const page = await browser.page({ allow: [/status (401|409)/] })
  await page.goto('/')
  const signIn = async (words: string): Promise<void> => {
    await page.getByLabel('E-mail').fill(email)
    await page.getByLabel('Password').fill(words)
    await page.getByRole('button', { name: 'Sign in' }).click()
  }
  await signIn(`${password}!`)
  const refused = await anonymous.post<Refusal>('/api/v1/auth/login', {
    email,
    password: `${password}!`,
  })
  const alert = page.getByRole('alert')
  await browser.shows('what the API says of a wrong password', alert.getByText(messageOf(refused)))
  await signIn(password)
  await browser.shows('that nothing is there yet', page.getByText('You are in no ecosystem yet'))

  const { body: token } = await anonymous
    .post<{ access_token: string }>('/api/v1/auth/login', { email, password })
    .expect(200)
  const headers = { authorization: `Bearer ${token.access_token}` }
  const as = { headers }
  const place = { name: 'A shared place', settings: { energy_regen: 0 } }
  const { body: ecosystem } = await anonymous
    .post<{ id: string }>('/api/v1/ecosystems', place, as)
    .expect(201)
  for (const name of ['Ada', 'Ben']) {
    const character = { ecosystem_id: ecosystem.id, name, description: 'Lives here.' }
    await anonymous.post('/api/v1/characters', { ...character, personality_traits }, as).expect(201)
  }
  await page.goto(`/ecosystems/${ecosystem.id}`)
  await showsPhase(context, page, 'Connected')
  const names = page.locator('.character .character-name')
  await names.nth(1).waitFor()
  const characters = await anonymous
    .get<Page<{ name: string }>>(`/api/v1/ecosystems/${ecosystem.id}/characters`, as)
    .expect(200)
  prove('characters of the page', (await names.allInnerTexts()).toSorted()).equals(
    characters.body.items.map(({ name }) => name).toSorted(),
  )

  await press(page, 'Ada')
  await press(page, 'Ben')
  await page.getByRole('radio', { name: /^Debate/ }).check({ force: true })
  await page.getByLabel(/^What .* says$/).fill('Is it so?')
  await page.getByRole('button', { name: 'Send' }).click()
  const toast = page.locator('.toast', { hasText: 'Ben:' })
  await browser.shows('an answer', toast)
  const interactions = `/api/v1/interactions?ecosystem=${ecosystem.id}`
  const { items } = (await anonymous.get<Page<Said>>(interactions, as).expect(200)).body
  prove(
    'interactions of the API',
    items.map(({ interaction_type, content }) => `${interaction_type}: ${content}`),
  ).equals(['debate: Is it so?'])
  await browser.shows('the answer that the API keeps', toast.getByText(items[0]?.response ?? ''))
})

interface Said {
  readonly interaction_type: string
  readonly content: string
  readonly response: string
}

interface Refusal {
  readonly error?: { readonly message: string }
}

function messageOf({ body }: { readonly body: Refusal }): string {
  return body.error?.message ?? 'no message'
}
