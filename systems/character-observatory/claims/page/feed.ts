import { claim, eventually } from 'etalon'
import { interactionCosts } from '../interaction-cost.ts'
import { openObservatory, press, shownSeqs, spaced, still, tellRests, type Page } from '../page.ts'
import { makeCharacter, meeting, plain, setScene, type Character } from '../scene.ts'

claim('CHAR-T-34', async ({ system, browser, prove }) => {
  const scene = await setScene(system, { settings: still, actor: 'owner:sender' })
  const page = await openObservatory({ browser }, scene)
  const other = await openObservatory({ browser }, scene)
  await press(page, 'Character 1')
  await press(page, 'Character 2')
  await page.getByRole('radio', { name: /^Chat/ }).check({ force: true })
  await page.getByLabel('What Character 1 says').fill('I found a wonderful café.')
  await page.getByRole('button', { name: 'Send' }).click()
  for (const [whose, seen] of [
    ['who sent it', page],
    ['who looks on', other],
  ] as const) {
    const line = seen.locator('.feed-line').first()
    await browser.shows(`the line for ${whose}`, line.getByText('“I found a wonderful café.”'))
    prove(`the line for ${whose}`, spaced(await line.innerText())).matches(
      /^Character 1 chatted with Character 2/,
    )
    const cards = seen.locator('.character').getByText('1 interaction', { exact: true })
    prove(
      `counts for ${whose}`,
      await eventually(async () => (await cards.count()) === 2, 5_000),
    ).isTrue()
    const energies = await seen.locator('.character .energy-figure').allInnerTexts()
    prove(`energies for ${whose}`, energies.join()).equals('90 %,92 %')
  }
})

const types = Object.keys(interactionCosts)

claim(['CHAR-T-39', 'CHAR-UI-05'], async ({ system, sql, browser, prove }) => {
  const scene = await setScene(system, { characters: 0, settings: still, actor: 'owner:feed' })
  const { owner, ecosystem } = scene
  const characters: Character[] = []
  for (const number of [1, 2, 3, 4, 5, 6]) {
    // Who answers feels other things than who begins.
    const traits = number % 2 === 0 ? { ...plain, neuroticism: 1, agreeableness: 1 } : plain
    characters.push(await makeCharacter(owner, ecosystem, `Character ${number}`, traits))
  }
  const page = await openObservatory({ browser }, scene)
  const results: readonly Result[] = await meetAll(owner, characters)
  const lines = page.locator('.feed-line')
  const met = lines.filter({ has: page.locator('.feed-answer') })
  await browser.shows('all lines', met.nth(types.length - 1))
  const steps = page.locator('.feed-line .step[data-sign]')
  await eventually(async () => (await steps.count()) === types.length, 5_000)
  const shown = (await met.evaluateAll(readLines)).toReversed()
  prove(
    'kinds of icons',
    shown.map(({ kind }) => kind),
  ).equals(types)
  prove('different icons', new Set(shown.map(({ drawing }) => drawing)).size).equals(types.length)
  prove(
    'emotions',
    shown.map(({ emotions }) => emotions.map(spaced).join()),
  ).equals(results.map(({ emotional_state }) => strongest(emotional_state.target)))
  prove(
    'directions',
    shown.map(({ step }) => step),
  ).equals(
    results.map(({ relationship_change }) => (relationship_change.strength > 0 ? 'up' : 'down')),
  )
  prove(
    'when',
    shown.filter(({ when }) => !/^(just now|\d+ s ago)$/.test(when)),
  ).isEmpty()
  await tellRests(sql, scene, characters[0]?.id ?? '', 60)
  await keepsFifty(page)
  prove('lines that are kept', await lines.count()).equals(50)
  const seqs = await shownSeqs(page)
  prove(
    'their order',
    seqs.every((seq, at) => at === 0 || seq < (seqs[at - 1] ?? 0)),
  ).isTrue()
})

interface Result {
  readonly emotional_state: { readonly target: Readonly<Record<string, number>> }
  readonly relationship_change: { readonly strength: number }
}

/** One interaction of each kind, each between others than the last. */
async function meetAll(
  owner: Awaited<ReturnType<typeof setScene>>['owner'],
  characters: readonly Character[],
): Promise<Result[]> {
  const results: Result[] = []
  for (const [index, type] of types.entries()) {
    const one = characters[(index * 2) % characters.length] as Character
    const other = characters[(index * 2 + 1) % characters.length] as Character
    const { body } = await owner
      .post<Result>('/api/v1/interactions', meeting(one, other, type))
      .expect(201)
    results.push(body)
  }
  return results
}

/** The two emotions that are felt most, in the words of the page. */
function strongest(emotions: Readonly<Record<string, number>>): string {
  return Object.entries(emotions)
    .filter(([, share]) => share >= 0.15)
    .toSorted(([a, one], [b, other]) => other - one || a.localeCompare(b))
    .slice(0, 2)
    .map(
      ([name, share]) => `${name[0]?.toUpperCase()}${name.slice(1)} ${Math.round(share * 100)} %`,
    )
    .join()
}

async function keepsFifty(page: Page): Promise<void> {
  const rests = page.locator('.feed-line').getByText('rested')
  await eventually(async () => (await rests.count()) >= 50, 15_000)
}

interface Element {
  readonly dataset: Readonly<Record<string, string>>
  readonly innerHTML: string
  readonly textContent: string
  querySelector(selector: string): Element | null
  querySelectorAll(selector: string): Iterable<Element>
}

/** Runs in the page. */
function readLines(lines: readonly unknown[]): {
  kind: string
  drawing: string
  emotions: string[]
  step: string
  when: string
}[] {
  return (lines as readonly Element[]).map((line) => ({
    kind: line.querySelector('.kind')?.dataset['kind'] ?? '',
    drawing: line.querySelector('.kind')?.innerHTML ?? '',
    emotions: [...line.querySelectorAll('.emotion')].map(({ textContent }) => textContent),
    step: line.querySelector('.step')?.dataset['sign'] ?? '',
    when: line.querySelector('time')?.textContent ?? '',
  }))
}
