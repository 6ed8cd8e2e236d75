import { claim, type HttpResponse, type Random } from 'etalon'
import { addDocument } from '../document.ts'
import { openProject } from '../project.ts'
import { wronglyAnswered } from '../refusal.ts'

const unknownProject = '404 JEEX_PROJECT_UNKNOWN'

interface Diff {
  readonly lines_added: number
  readonly lines_removed: number
  readonly coarse: boolean
  readonly pieces: readonly { readonly kind: string; readonly text: string }[]
}

claim(
  'JEEX-API-23',
  { name: 'diff', title: 'Two versions are compared' },
  async ({ system, random, prove }) => {
    const owner = await system.actor('owner:compares')
    const { id } = await openProject(owner)
    const texts = [drawText(random)]
    for (let version = 2; version <= 12; version += 1) texts.push(edit(random, texts.at(-1) ?? ''))
    for (const content of texts) await addDocument(owner, id, { content }).expect(201)
    const path = `/projects/${id}/documents/diff`
    const ask = (from: unknown, to: unknown, type = 'architecture') =>
      owner.get<Diff>(`${path}?type=${type}&from=${String(from)}&to=${String(to)}`)
    const wrong: unknown[] = []
    for (let pair = 0; pair < 60; pair += 1) {
      const [from, to] = [random.integer(1, 12), random.integer(1, 12)]
      const [older, newer] = [texts[from - 1] ?? '', texts[to - 1] ?? '']
      const { body } = await ask(from, to).expect(200)
      const side = (kinds: readonly string[]): string =>
        body.pieces
          .filter(({ kind }) => kinds.includes(kind))
          .map(({ text }) => text)
          .join('')
      const least = leastChange(older.split('\n'), newer.split('\n'))
      const isRight = side(['same', 'removed']) === older && side(['same', 'added']) === newer
      const told = body.lines_added + body.lines_removed
      if (!isRight || told !== least) wrong.push({ from, to, least, told, pieces: body.pieces })
    }
    prove(
      'of 60 pairs, whose difference does not lead from one to the other in the fewest lines',
      wrong,
    ).isEmpty()
    const shape = '422 JEEX_VALIDATION_FAILED'
    const answers = await wronglyAnswered([
      ['a version that is not there', '404 JEEX_DOCUMENT_UNKNOWN', ask(1, 13)],
      ['another type', '404 JEEX_DOCUMENT_UNKNOWN', ask(1, 2, 'idea_description')],
      ['version 0', shape, ask(0, 1)],
      ['a version in words', shape, ask('first', 1)],
      ['no version', shape, owner.get(`${path}?type=architecture&from=1`)],
      [
        "a stranger's look",
        unknownProject,
        (await system.actor('stranger')).get(`${path}?type=architecture&from=1&to=2`),
      ],
    ])
    prove('comparisons that were wrongly answered', answers).isEmpty()
  },
)

/** As long as a text may be, of lines so short that comparing each with each takes minutes. */
const large = { lines: 62_500, patienceMs: 10_000 }

claim(
  'JEEX-API-23',
  {
    name: 'large-diff',
    title: 'Who compares two large versions holds up nobody',
    timeoutMs: 60_000,
  },
  async ({ system, prove }) => {
    const owner = await system.actor('owner:compares-much')
    const { id } = await openProject(owner)
    const texts = ['a', 'b'].map((letter) =>
      Array.from({ length: large.lines }, (_none, at) => letter + String(at).padStart(6, '0')),
    )
    for (const lines of texts) {
      await addDocument(owner, id, { content: lines.join('\n') }).expect(201)
    }
    const patience = { timeoutMs: large.patienceMs }
    const path = `/projects/${id}/documents/diff?type=architecture&from=1&to=2`
    const compared = new AbortController()
    const comparing = orNothing(owner.get<Diff>(path, patience)).finally(() => compared.abort())
    const others: unknown[] = []
    do others.push((await orNothing(system.anonymous.get('/health', patience)))?.status)
    while (!compared.signal.aborted)
    prove('answers to others meanwhile', [...new Set(others)]).equals([200])
    const { pieces, ...told } = (await comparing)?.body ?? { pieces: [] }
    const lines = { lines_added: large.lines, lines_removed: large.lines, coarse: true }
    prove('the difference of two versions without a line in common', told).holds(lines)
    const side = (kind: string) => pieces.filter((piece) => piece.kind === kind)
    const [removed, added] = [side('removed'), side('added')]
    prove(
      'what it takes away and adds',
      [removed, added].map((some) => some.map(({ text }) => text).join('').length),
    ).equals(texts.map((some) => some.join('\n').length))
  },
)

/** An answer; none when it does not come in time. */
async function orNothing<Body>(
  pending: PromiseLike<HttpResponse<Body>>,
): Promise<HttpResponse<Body> | undefined> {
  return Promise.resolve(pending).catch(() => undefined)
}

/** A text of few different lines, so that there is more than one way from one to another. */
function drawText(random: Random): string {
  const lines = Array.from({ length: random.integer(3, 25) }, () => `line ${random.integer(1, 6)}`)
  return `${lines.join('\n')}\n`
}

/** The text with some lines taken out, changed or put in. */
function edit(random: Random, text: string): string {
  const lines = text.split('\n').slice(0, -1)
  for (let change = 0; change < random.integer(1, 5); change += 1) {
    const at = random.integer(0, lines.length)
    const put = random.integer(0, 2) > 0 ? [`line ${random.integer(1, 6)}`] : []
    lines.splice(at, random.integer(0, 1), ...put)
  }
  return `${lines.join('\n')}\nend\n`
}

/** The fewest lines to add and remove, by the longest common subsequence. */
function leastChange(from: readonly string[], to: readonly string[]): number {
  let row = Array.from<number>({ length: to.length + 1 }).fill(0)
  for (const line of from) {
    const next = [0]
    for (const [at, other] of to.entries()) {
      const best = line === other ? (row[at] ?? 0) + 1 : Math.max(row[at + 1] ?? 0, next[at] ?? 0)
      next.push(best)
    }
    row = next
  }
  return from.length + to.length - 2 * (row.at(-1) ?? 0)
}
