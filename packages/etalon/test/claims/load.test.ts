import { expect, test } from 'vitest'
import { requirementsOf, scratchSystem } from '../scratch-system.ts'

const claims = `import { claim, constantRate, processProbe } from 'etalon'

claim('L-ANSWERS', { timeoutMs: 60_000 }, async ({ system, load, prove }) => {
  const run = await load(constantRate(40), {
    durationMs: 2_000,
    warmUpMs: 200,
    requests: [{ path: '/', check: { includes: 'hello' } }],
    probes: [processProbe('api', system.process().child.pid)],
    name: 'greetings',
  })
  prove('answers', run.counts.ok).equals(80)
  prove('the process was watched', run.resources.length > 0).isTrue()
})
claim('L-NEVER-RIGHT', { timeoutMs: 60_000 }, async ({ load, prove }) => {
  const run = await load(constantRate(40), {
    durationMs: 9_000,
    warmUpMs: 0,
    requests: [{ path: '/', check: { includes: 'goodbye' } }],
  })
  prove('requests answered', run.success).isAtLeast(0.99)
})
claim('L-CUT-SHORT', { timeoutMs: 3_000 }, async ({ load, prove }) => {
  await load(constantRate(40), { durationMs: 60_000, requests: [{ path: '/' }] })
  prove('never reached', true).isTrue()
})
`

test('claims put load on their system and judge it', { timeout: 120_000 }, async () => {
  const system = scratchSystem({
    'requirements.md': requirementsOf('L-ANSWERS', 'L-NEVER-RIGHT', 'L-CUT-SHORT'),
    'claims/load.claim.ts': claims,
  })
  try {
    const { outcomes } = await system.verify()
    const found = new Map(outcomes.map((outcome) => [outcome.claim, outcome]))
    expect(found.get('L-ANSWERS')?.verdict, found.get('L-ANSWERS')?.reason).toBe('upheld')
    expect(found.get('L-ANSWERS')?.attachments).toEqual(
      ['svg', 'csv', 'hlog', 'json'].map((ending) => `greetings.${ending}`),
    )
    expect(found.get('L-NEVER-RIGHT')?.verdict).toBe('refuted')
    expect(found.get('L-CUT-SHORT')?.verdict).toBe('inconclusive')
  } finally {
    system.remove()
  }
})
