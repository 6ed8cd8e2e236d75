import { claim, type HttpClient } from 'etalon'
import { openProject } from './project.ts'

claim('JEEX-UI-06', { timeoutMs: 90_000 }, async ({ system, browser, prove }) => {
  const owner = await system.actor('owner')
  const { name } = await openProject(owner, { name: 'Seen on the page of the API' })
  const page = await browser.page()
  await page.goto('/docs/')
  const groups = page.getByRole('button', { name: /^Open Group/ })
  await groups.first().waitFor()
  while ((await groups.count()) > 0) await groups.first().click()
  const text = await page.locator('body').innerText()
  const summaries = await summariesOf(system.anonymous)
  prove('endpoints of the document', summaries.length).isAtLeast(40)
  prove(
    'endpoints that the page does not show',
    summaries.filter((summary) => !text.includes(summary)),
  ).isEmpty()

  await page.getByPlaceholder('Token').fill((owner.headers['authorization'] ?? '').slice(7))
  await page.getByText('The own projects, newest first').first().click()
  await page.getByRole('button', { name: /Test Request\s*\(get \/projects\)/ }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Send/ }).first().click()
  await browser.shows('the answer to a request of the page', dialog.getByText(name).first())
})

async function summariesOf(client: HttpClient): Promise<string[]> {
  type Paths = Record<string, Record<string, { readonly summary: string }>>
  const { body } = await client.get<{ paths: Paths }>('/openapi.json').expect(200)
  return Object.values(body.paths).flatMap((path) =>
    Object.values(path).map(({ summary }) => summary),
  )
}
