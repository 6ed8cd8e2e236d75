import { afterEach, expect, test } from 'vitest'
import { createContract, type ContractRun } from '../../../src/instruments/contract/index.ts'
import { plainSession } from '../../../src/instruments/plain-session.ts'
import { openShop, token, type Shop, type ShopFault } from './shop.ts'

const shops: Shop[] = []
afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.stop()
})

async function trial(
  fault?: ShopFault,
  options: { readonly requests?: number; readonly seed?: string } = {},
): Promise<{ run: ContractRun; shop: Shop }> {
  const shop = await openShop(fault)
  shops.push(shop)
  const run = await createContract(plainSession(options.seed ?? 'shop'), shop.url).tryAll({
    requests: options.requests ?? 600,
    credentials: () => token,
    inFlight: 2,
  })
  return { run, shop }
}

test('a service that keeps its document breaks nothing, and every kind of request was sent', async () => {
  const { run } = await trial()
  expect(run.violations).toEqual([])
  expect(run).toMatchObject({ unusableSchemas: [], undocumentedMethods: [], neverAccepted: [] })
  expect(run.requests).toBe(600)
  const post = run.rows.find(({ operation }) => operation === 'POST /toys')
  expect(Object.keys(post?.statuses ?? {}).toSorted()).toEqual(['201', '400', '401', '415', '422'])
  expect(Math.min(post?.fit.fits ?? 0, post?.fit.unfit ?? 0)).toBeGreaterThan(50)
})

test.each([
  ['crashes on a word', 'POST /toys', 'server-error'],
  ['adds a field', 'POST /toys', 'undocumented-shape'],
  ['answers text', 'POST /toys', 'undocumented-type'],
  ['answers a teapot', 'GET /toys/{id}', 'undocumented-status'],
  ['refuses five', 'POST /toys', 'refused-though-fitting'],
  ['takes anything', 'POST /toys', 'accepted-though-unfit'],
  ['trims', 'POST /toys', 'stored-otherwise'],
  ['hangs up', 'POST /toys', 'no-answer'],
] as const)('a service that %s is found out', async (fault, operation, kind) => {
  const { run } = await trial(fault)
  expect(run.violations.map((found) => [found.operation, found.kind])).toContainEqual([
    operation,
    kind,
  ])
  expect(run.violations.filter((found) => found.operation !== operation)).toEqual([])
})

test('a service that asks for no token is found out at each operation', async () => {
  const { run } = await trial('asks for no token')
  const kinds = run.violations.map(({ operation, kind }) => `${operation}: ${kind}`)
  expect(new Set(kinds)).toEqual(
    new Set([
      'GET /toys/{id}: answered-without-credentials',
      'POST /toys: answered-without-credentials',
    ]),
  )
})

test('what a path takes without saying so is found out', async () => {
  const { run } = await trial('takes what it hides')
  expect(run.undocumentedMethods).toEqual(['PUT /toys answers 200'])
})

test('a reference to nothing is told, and nothing is judged by it', async () => {
  const { run } = await trial('refers to nothing')
  expect(run.unusableSchemas).toHaveLength(1)
  expect(run.unusableSchemas[0]).toMatch(/Nothing/)
  expect(run.violations).toEqual([])
})

test('what breaks the contract is made small', async () => {
  const { run } = await trial('refuses five')
  expect(run.violations).toHaveLength(1)
  expect(run.violations[0]?.curl).toMatch(/--data-binary '\{"name":"","count":5\}'$/)
  expect(run.violations[0]?.curl).toContain('-H "$CREDENTIALS"')
})

test('the same seed sends the same requests', async () => {
  const sent = async (seed: string): Promise<string[]> =>
    (await trial(undefined, { requests: 60, seed })).shop.asked.toSorted()
  const first = await sent('one')
  expect(await sent('one')).toEqual(first)
  expect(await sent('two')).not.toEqual(first)
})
