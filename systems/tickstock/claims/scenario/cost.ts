import { claim, type SystemHandle } from 'etalon'
import { meanOf } from 'etalon/statistics/mean'
import { allScenarios } from '../scenario-command.ts'

/** A command in a process that tells at its end how much more memory it held than to begin with. */
const measured = `
  await import('service-kit')
  const beginKb = process.memoryUsage.rss() / 1024
  process.on('exit', () => {
    console.error('grew by', Math.round(process.resourceUsage().maxRSS - beginKb), 'KiB')
  })
  await import('./src/producer/cli.ts')`

const rounds = 2

claim('TICK-SCN-08', { timeoutMs: 300_000 }, async ({ system, note, prove }) => {
  const works = { generating: ['generate'], loading: ['load', '--suffix', 'COST'] }
  for (const [work, words] of Object.entries(works)) {
    const tookMs: number[] = []
    const grewMiB: number[] = []
    const codes: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const startedAtMs = performance.now()
      const { code, stderr } = await runMeasured(system, words)
      tookMs.push(performance.now() - startedAtMs)
      codes.push(code)
      grewMiB.push(Number(/grew by (\d+) KiB/.exec(stderr)?.[1] ?? Number.NaN) / 1_024)
    }
    note(work, { tookMs, grewMiB })
    prove(`exit codes of ${work}`, codes).equals([0, 0])
    const eachMs = tookMs.map((whole) => whole / allScenarios.length)
    prove(`${work} a scenario`, meanOf(eachMs, { unit: 'ms' })).isBelow(120_000, 'ms')
    prove(
      `memory for ${work} all, in MiB`,
      grewMiB.every((growth) => growth < 100),
    ).isTrue()
  }
})

function runMeasured(
  system: SystemHandle,
  words: readonly string[],
): Promise<{ code: number; stderr: string }> {
  return system.run(
    ['node', '--input-type=module', '--eval', measured, '--', 'scenario', ...words],
    ({ postgres }) => ({ DATABASE_URL: postgres.url('producer') }),
  )
}
