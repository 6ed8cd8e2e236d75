import { claim } from 'etalon'
import { startEnvironment } from 'etalon/environment'
import { deploy, deploymentSteps, freePort } from './deployment.ts'
import { meanings } from './meaning.ts'
import { runSuites } from './runner.ts'
import { findSecrets, sampleSecrets, secretsIn } from './secret.ts'

claim('JEEX-OPS-02', { timeoutMs: 120_000 }, async ({ system, prove }) => {
  const { directory } = system.services
  const definition = {
    name: 'jeex-deployed',
    title: 'A server without anything of the service',
    directory,
    postgres: { roles: {}, template: [] },
    processes: {},
  }
  const empty = await startEnvironment({ systems: [definition], logs: directory, poolSize: 0 })
  try {
    const steps = await deploymentSteps(system)
    const { code, done, text } = await deploy(
      system,
      // The pages are built by the run, with the same command; others are looking at them.
      steps.filter((step) => step !== 'npm run build'),
      {
        adminUrl: empty.servers.postgres?.adminUrl ?? '',
        redisUrl: system.services.redis.url,
        port: await freePort(),
        directory,
      },
    )
    prove('steps that were done', [...done, 'npm run build'].sort()).equals([...steps].sort())
    prove('how they end', code, { witness: text.slice(-2_000) }).equals(0)
    prove('what health and readiness say', text.match(/^200 \{"status":"ok".*$/gm)?.length).equals(
      2,
    )
    prove('what the checklist says', text.match(/^\d+ of \d+ items are ok$/m)?.[0]).equals(
      '28 of 28 items are ok',
    )
  } finally {
    await empty.stop()
  }
})

claim('JEEX-D-18', async ({ system, prove }) => {
  const { stdout: document } = await system.run(['cat', 'requirements.md'])
  const rows = [...document.matchAll(/^\| (JEEX-\S+) \|(.*)$/gm)]
  const ids = rows.map(([, id = '']) => id)
  prove('requirements', ids.length).isAtLeast(115)
  prove(
    'numbers that stand twice',
    ids.filter((id, at) => ids.indexOf(id) !== at),
  ).isEmpty()
  const wrong = Object.entries(meanings).filter(([id, meaning]) => {
    const row = rows.find(([, own]) => own === id)?.[2]
    return row === undefined || !meaning.test(row)
  })
  prove(
    'numbers of the report that mean something else',
    wrong.map(([id]) => id),
  ).isEmpty()
})

claim('JEEX-D-19', async ({ system, prove }) => {
  const samples = sampleSecrets.filter((sample) => secretsIn(sample).length === 0)
  prove('samples of secrets that the search does not find', samples).isEmpty()
  const { files, found } = await findSecrets(system)
  prove('files that were searched', files).isAtLeast(80)
  prove('secrets in them', found).isEmpty()
  const { code, stderr } = await system.run(['node', 'src/main.ts'])
  const wanted = ['DATABASE_URL', 'REDIS_URL', 'JWT_SECRET'].filter(
    (name) => !stderr.includes(`${name} is required`),
  )
  prove('secrets that the service does without', wanted).isEmpty()
  prove('how it ends without an environment', code).equals(3)
})

/** A claim of each of the report's three suites: integration, migration rollback, performance. */
const integration = 'JEEX-T-02'
const rollback = 'JEEX-REQ-003/failing'
const measurement = 'JEEX-PERF-009'
const ofThreeSuites = [integration, rollback, measurement]

claim('JEEX-T-11', { timeoutMs: 300_000 }, async ({ system, prove }) => {
  const { code, text, list, report, page } = await runSuites(system, ofThreeSuites)
  const suites = [...list.matchAll(/^ *(JEEX-T-\d+) .*$/gm)]
  prove('suites that the runner knows', suites.length).equals(11)
  const without = suites.filter(([line]) => line.includes('no claim'))
  prove(
    'suites without a claim',
    without.map(([, id]) => id),
  ).isEmpty()
  const judged = Object.fromEntries(report.outcomes.map(({ claim: id, verdict }) => [id, verdict]))
  const witness = text.slice(-2_000)
  prove('claims in one report', Object.keys(judged).toSorted(byName), { witness }).equals(
    ofThreeSuites.toSorted(byName),
  )
  prove('what it says of integration and rollback', [judged[integration], judged[rollback]], {
    witness,
  }).equals(['upheld', 'upheld'])
  prove('how a run of three suites ends', code, { witness }).equals(0)
  // Others are at work, so that what is measured may be in doubt: a figure it is all the same.
  const measured = report.outcomes.find(({ claim: id }) => id === measurement)?.proofs ?? []
  prove('figures of the performance', measured.length, { witness }).isAtLeast(2)
  prove('how the report ends', report.state).equals('finished')
  const document = await system.run(['cat', 'requirements.md'])
  const rows = document.stdout.match(/^\| JEEX-/gm)?.length
  prove('requirements in the report', report.systems[0]?.requirements.length).equals(rows)
  const untold = ofThreeSuites.filter((id) => !page.includes(id))
  prove('claims that its page leaves out', untold).isEmpty()
})

function byName(one: string, other: string): number {
  return one < other ? -1 : 1
}
