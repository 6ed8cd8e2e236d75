import {
  claim,
  cut,
  failed,
  historyOf,
  kill,
  latency,
  ok,
  reconcile,
  reset,
  statement,
  unknown,
  type ClaimContext,
  type HttpResponse,
  type Outcome,
} from 'etalon'
import {
  auditsOfNothing,
  findMarked,
  hireWriters,
  markedKinds,
  markedRequest,
  versionGaps,
  type MarkedKind,
  type MarkedRow,
  type Writer,
} from './marked-write.ts'

/** What is done to the service, and how often in a hundred runs. */
const faultRuns = {
  'database killed': 16,
  'link cut': 15,
  'link reset': 15,
  'link slow': 12,
  'redis gone': 12,
  'cut before COMMIT': 10,
  'cut after COMMIT': 20,
} as const

type FaultName = keyof typeof faultRuns

const rateHz = 100
const settled = { answers: 8, forMs: 60 }
const writers = 4
/** Who gives up waiting knows nothing of what became of his request. */
const timeoutMs = 2_500
/** For those who ask again, when all is well. */
const patienceMs = 30_000

claim(
  'JEEX-REL-003',
  { durability: 'honest', links: ['postgres'], timeoutMs: 420_000 },
  async (context) => {
    const { system, sql, random, recovery, prove, note } = context
    const crowd = await hireWriters(system, 'through-faults', writers)
    const { pid } = system.process().child
    // How long a server takes to start is not what is claimed: it need not look at all its files.
    await sql.run(`alter system set recovery_init_sync_method = 'syncfs'`)
    const mark = random.text(8)
    const names = random.shuffle(
      Object.entries(faultRuns).flatMap(([name, times]) =>
        Array.from({ length: times }, () => name as FaultName),
      ),
    )
    const run = await recovery.observe(
      {
        rateHz,
        settled,
        input: (index, draw): Marked => ({
          key: `${mark}-${index}`,
          writer: draw.pick(crowd),
          kind: draw.pick(markedKinds),
          isKeyed: draw.integer(0, 1) === 1,
        }),
      },
      async (input) => outcomeOf(await writeMarked(input, timeoutMs)),
      async ({ recover, pass }) => {
        await pass(rateHz / 2)
        for (const name of names) await recover(name, () => strike(context, name, pass))
      },
    )
    const history = historyOf(run.operations)
    const { ok: done, failed: refused, unknown: open } = history
    note('operations', { ok: done.length, refused: refused.length, unknown: open.length })
    prove('fault runs', run.recoveries.length).equals(100)
    prove('writes acknowledged', done.length).isAbove(100)
    prove('writes whose outcome was left open', open.length).isAbove(0)
    prove('P95 of the time to recover', run.quantile(0.95)).isBelow(5, 's')
    prove('the process that served all of it', system.process().child.pid).equals(pid)

    // Whoever does not know what became of his request asks again with its key.
    const again = open.filter(({ input }) => input.isKeyed)
    const answers: HttpResponse[] = []
    for (const { input } of again) answers.push(await writeMarked(input, patienceMs))
    const unanswered = answers.filter(({ status }) => status !== 201)
    prove('requests sent again with their key that were not answered', unanswered).isEmpty()
    const rows = await findMarked(sql, mark)
    const keyed = new Map(run.operations.map(({ input }) => [input.key, input.isKeyed]))
    const { lost, repeated, denied, torn, unexpected } = reconcile(history, {
      keyOf: ({ input }) => input.key,
      rows,
      keyOfRow: ({ key }) => key,
      isWhole: (row) => isWhole(row, keyed.get(row.key) === true),
    })
    prove('acknowledged writes that are lost', lost).isEmpty()
    prove('writes applied twice', repeated).isEmpty()
    prove('writes applied that were said not to be', denied).isEmpty()
    prove('writes there in part', torn).isEmpty()
    prove('writes that nobody asked for', unexpected).isEmpty()
    const there = new Set(rows.map(({ key }) => key))
    const missing = again.filter(({ input }) => !there.has(input.key))
    prove('writes sent again that are not there', missing).isEmpty()
    prove('versions missing', await versionGaps(sql)).isEmpty()
    prove('audit entries about nothing', await auditsOfNothing(sql)).isEmpty()
  },
)

interface Marked {
  readonly key: string
  readonly writer: Writer
  readonly kind: MarkedKind
  /** Whether the request says by an idempotency key which one it is. */
  readonly isKeyed: boolean
}

async function writeMarked(
  { key, writer, kind, isKeyed }: Marked,
  timeoutMs: number,
): Promise<HttpResponse> {
  const [path, body] = markedRequest(writer, kind, key)
  const headers: Record<string, string> = isKeyed ? { 'idempotency-key': key } : {}
  return writer.actor.post(path, body, { headers, timeoutMs })
}

/** The service promises that what it answers so was not done. */
const notDone = new Set(['JEEX_DATABASE_DOWN', 'JEEX_OVERLOADED'])

function outcomeOf({ status, body }: HttpResponse): Outcome {
  if (status === 201) return ok(undefined)
  const { code = '' } = (body as { error?: { code?: string } }).error ?? {}
  if (status < 500 || notDone.has(code)) return failed(`${status} ${code}`)
  return unknown(`${status} ${code}`)
}

function isWhole({ audits, answers, answersNamingIt }: MarkedRow, isKeyed: boolean): boolean {
  const expected = isKeyed ? 1 : 0
  return audits === 1 && answers === expected && answersNamingIt === expected
}

/** Disturbs the service while some requests pass, and heals it. */
async function strike(
  { faults }: ClaimContext,
  name: FaultName,
  pass: (operations: number) => Promise<void>,
): Promise<void> {
  switch (name) {
    case 'database killed':
      return faults.during('postgres', kill(), () => pass(4))
    case 'link cut':
      return faults.during('postgres', cut(), () => pass(4))
    case 'link reset':
      return faults.during('postgres', reset(), () => pass(4))
    case 'link slow':
      return faults.during('postgres', latency(15, { jitterMs: 10, direction: 'both' }), () =>
        pass(4),
      )
    case 'redis gone':
      return faults.during('redis', kill(), () => pass(4))
    case 'cut before COMMIT':
      return faults.during('postgres', cut(statement(/^commit$/i, { times: 3 })), () => pass(8))
    case 'cut after COMMIT': {
      const answered = statement(/^commit$/i, { at: 'answer', times: 3 })
      return faults.during('postgres', cut(answered), () => pass(8))
    }
  }
}

const budget = { rateHz: 250, kills: 3, calmOperations: 960, answerMsMax: 5_000 }

/**
 * Available is an answer that does what was asked, within five seconds (how fast is another claim's
 * business): a write that is done, a read answered from the database or, marked as stale, from
 * memory; there is one read for each write.
 * 99.9 % leaves 3.6 seconds of an hour without such answers. So the service is available if what
 * no fault meets is answered to 99.9 %, and if a database that is killed and started again costs
 * less than those 3.6 seconds: it could be killed every hour.
 */
claim(
  'JEEX-REL-001',
  { isolation: 'quiet', durability: 'honest', timeoutMs: 300_000 },
  async (context) => {
    const { system, faults, recovery, random, prove } = context
    const [writer] = await hireWriters(system, 'all-the-time', 1)
    const { actor, projectId } = writer as Writer
    const mark = random.text(8)
    const patience = { timeoutMs: budget.answerMsMax }
    const run = await recovery.observe(
      { rateHz: budget.rateHz, settled: { answerMsMax: budget.answerMsMax } },
      async (_input, index): Promise<Outcome> => {
        const [path, body] = markedRequest(writer as Writer, 'execution', `${mark}-${index}`)
        const isRead = index % 2 === 0
        const { status } = isRead
          ? await actor.get(`/projects/${projectId}`, patience)
          : await actor.post(path, body, patience)
        return status === (isRead ? 200 : 201) ? ok(undefined) : unknown(`status ${status}`)
      },
      async ({ recover, pass }) => {
        for (let turn = 0; turn < budget.kills; turn += 1) {
          await pass(budget.calmOperations)
          await recover('database killed', () => faults.during('postgres', kill(), () => pass(4)))
        }
      },
    )
    prove('answers while nothing was disturbed', run.undisturbed).isAtLeast(0.999)
    prove('what one kill costs of the 3.6 s that an hour may', run.cost()).isBelow(3.6, 's')
  },
)
