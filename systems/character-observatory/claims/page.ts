import type { Actor, ClaimContext, Sql } from 'etalon'
import type { Browser, PageOptions } from 'etalon/browser'
import type { Scene } from './scene.ts'

/** A page in the browser, as Playwright drives it. */
export type Page = Awaited<ReturnType<Browser['page']>>

/** Where energy does not come back, so that it stays as it was set. */
export const still = { energy_regen: 0 }

/** Opens the observatory of an ecosystem, and waits until it is live. */
export async function openObservatory(
  { browser }: Pick<ClaimContext, 'browser'>,
  { owner, ecosystem }: { readonly owner: Actor; readonly ecosystem: string },
  options: PageOptions = {},
): Promise<Page> {
  const page = await browser.page({ as: owner, ...options })
  await page.goto(`/ecosystems/${ecosystem}`)
  await showsPhase({ browser }, page, 'Connected')
  await page.getByRole('list', { name: 'Characters' }).waitFor()
  return page
}

/** Waits until the status line says where the connection is. */
export async function showsPhase(
  { browser }: Pick<ClaimContext, 'browser'>,
  page: Page,
  phase: string,
): Promise<void> {
  const status = page.getByRole('status', { name: 'Connection' })
  await browser.shows(`the connection: ${phase}`, status.getByText(phase), { withinMs: 20_000 })
}

/** Waits until the graph says what it shows, and stands still. */
export async function showsGraph(
  { browser }: Pick<ClaimContext, 'browser'>,
  page: Page,
  caption: string,
): Promise<void> {
  await browser.shows(`the graph: ${caption}`, page.getByText(caption, { exact: true }))
  await page.locator('[data-arranging="false"]').waitFor()
}

/** Sets the energy of characters, in thousandths, in their order. */
export async function setEnergy(
  sql: Sql,
  { characters }: Pick<Scene, 'characters'>,
  energies: readonly number[],
): Promise<void> {
  const ids = characters.slice(0, energies.length).map(({ id }) => id)
  await sql.run(
    `update characters set energy = given.energy, energy_updated_at = now()
     from unnest($1::uuid[], $2::int[]) as given (id, energy) where characters.id = given.id`,
    [ids, energies],
  )
}

/** Makes two know each other. */
export async function acquaint(
  sql: Sql,
  { ecosystem }: Pick<Scene, 'ecosystem'>,
  [one, other]: readonly [{ readonly id: string }, { readonly id: string }],
  strength: number,
): Promise<void> {
  await sql.run(
    `insert into character_relationships (
       ecosystem_id, character_a_id, character_b_id, strength, interaction_count, last_interaction
     ) values ($1, least($2::uuid, $3::uuid), greatest($2::uuid, $3::uuid), $4, 1, now())`,
    [ecosystem, one.id, other.id, strength],
  )
}

/** Tells so many times that somebody rested, as the service would. */
export async function tellRests(
  sql: Sql,
  { ecosystem }: Pick<Scene, 'ecosystem'>,
  character: string,
  count: number,
): Promise<void> {
  await sql.run(
    `insert into events (ecosystem_id, type, data)
     select $1, 'energy_recovered',
       jsonb_build_object('characters', jsonb_build_array(jsonb_build_object('id', $2::text, 'energy', 1)))
     from generate_series(1, $3::int)`,
    [ecosystem, character, count],
  )
}

/** Presses a character in the list. */
export async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^${name}(, selected \\d)?$`) }).click()
}

/** The names that are selected, in their order. */
export async function selected(page: Page): Promise<string[]> {
  const names: string[] = []
  for (const place of [1, 2]) {
    const card = page.locator(`.character[data-place="${place}"] .character-name`)
    if ((await card.count()) > 0) names.push(await card.innerText())
  }
  return names
}

/** Text with its spaces as they are typed. */
export function spaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}

/** The numbers of the feed's lines, as they stand. */
export async function shownSeqs(page: Page): Promise<number[]> {
  return (await page.locator('.feed-line').evaluateAll(readSeqs)).map(Number)
}

/** How wide a page is that needs no scrolling sideways. */
export function widthOf(page: Page): Promise<number> {
  return page.locator('html').evaluate(readWidth)
}

/** These run in the page. */
function readSeqs(lines: readonly unknown[]): string[] {
  return (lines as { readonly dataset: Record<string, string> }[]).map(
    ({ dataset }) => dataset['seq'] ?? '',
  )
}

function readWidth(element: { readonly scrollWidth: number }): number {
  return element.scrollWidth
}
