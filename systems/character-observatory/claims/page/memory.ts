import { claim, eventually } from 'etalon'
import { crowdEcosystem } from '../crowded-ecosystem.ts'
import { openObservatory, showsGraph, tellRests } from '../page.ts'

const rounds = 10
/** More than the feed keeps, so that it grows no further. */
const linesBefore = 60

claim(['CHAR-T-51', 'CHAR-UI-04'], { timeoutMs: 120_000 }, async (context) => {
  const { system, sql, browser, prove, note } = context
  const owner = await system.actor('owner:memory')
  const crowd = { characters: 60, relationships: 420, interactions: 0 }
  const { ecosystem, characters } = await crowdEcosystem(sql, owner.facts['id'] as string, crowd)
  const page = await openObservatory(context, { owner, ecosystem })
  await showsGraph(context, page, '60 characters, 420 of 420 links shown')
  await tellRests(sql, { ecosystem }, characters[0] ?? '', linesBefore)
  const use = async (round: number): Promise<void> => {
    await tellRests(sql, { ecosystem }, characters[round % characters.length] ?? '', 5)
    await page.getByRole('button', { name: 'As a table' }).click()
    await page.getByRole('table', { name: 'Relationships' }).waitFor()
    await page.getByRole('button', { name: 'As a graph' }).click()
    await page.getByText('60 characters', { exact: false }).first().waitFor()
    await page.locator('[data-arranging="false"]').waitFor()
    await page.getByRole('button', { name: 'Zoom in' }).click()
    await page.getByLabel('Least strength of a link').fill(round % 2 === 0 ? '0.5' : '0')
  }
  const growth = await browser.memoryGrowth(page, rounds, use)
  note('memory of the page', { ...growth })
  prove('heap that a round leaves', growth.bytesPerRound / 1024).isAtMost(150)
  prove('DOM nodes that a round leaves', growth.nodesPerRound).isAtMost(5)
  const hasNone = await eventually(() => page.workers().length === 0, 5_000)
  prove('workers are gone once the graph stands', hasNone).isTrue()
  prove('graphs on the page', await page.locator('.network-canvas').count()).equals(1)
})
