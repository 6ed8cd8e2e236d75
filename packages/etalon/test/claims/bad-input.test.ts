import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { listRuns, readRunRecord } from '../../src/evidence/run-directory.ts'
import type { RunRecord } from '../../src/evidence/run-record.ts'
import { EtalonError } from '../../src/kernel/errors.ts'
import { exitCode } from '../../src/kernel/exit-code.ts'
import { requirementsOf, scratchSystem, type ScratchSystem } from '../scratch-system.ts'

const bin = new URL('../../bin/etalon.js', import.meta.url).pathname
const goodClaim = `import { claim } from 'etalon'
claim('A-1', ({ prove }) => prove('one', 1).equals(1))
`
const plainDefect = `import { defect, sql } from 'etalon'
export default defect('x', { refutes: ['A-1'], plant: sql('select 1') })
`

const goneDefect = `import { defect, source } from 'etalon'
export default defect('x', { refutes: ['A-1'], plant: source('src/gone.ts', { find: 'a', replace: 'b' }) })
`

let system: ScratchSystem
afterEach(() => system.remove())

async function errorOf(files: Readonly<Record<string, string>>): Promise<EtalonError> {
  system = scratchSystem({
    'requirements.md': requirementsOf('A-1'),
    'claims/good.claim.ts': goodClaim,
    ...files,
  })
  const error: unknown = await system.verify().then(
    () => new Error('the run was accepted'),
    (thrown: unknown) => thrown,
  )
  if (error instanceof EtalonError) return error
  throw error
}

test('of two systems with one name neither is judged', async () => {
  system = scratchSystem()
  const config = readFileSync(join(system.directory, 'etalon.config.ts'), 'utf8')
  rmSync(join(system.directory, 'etalon.config.ts'))
  for (const copy of ['one', 'two']) system.write(`systems/${copy}/etalon.config.ts`, config)
  await expect(system.verify()).rejects.toMatchObject({
    code: 'ETALON_CONFIG_INVALID',
    message: expect.stringMatching(/two.* its name, scratch, is also that of .*one/),
  })
})

describe('what cannot be judged is refused before anything starts', () => {
  test.each([
    [
      'a configuration that throws',
      { 'etalon.config.ts': 'throw new Error("broken")' },
      'ETALON_CONFIG_INVALID',
      'broken',
    ],
    [
      'a configuration without processes',
      { 'etalon.config.ts': 'export default { name: "a", title: "A" }' },
      'ETALON_CONFIG_INVALID',
      'processes',
    ],
    [
      'an acceptance with the marks of a conflict',
      { 'accepted.json': '<<<<<<< HEAD\n{}\n' },
      'ETALON_ACCEPTANCE_INVALID',
      'accepted.json',
    ],
    [
      'a defect in a file that is gone',
      { 'defects/gone.defect.ts': goneDefect },
      'ETALON_DEFECT_ANCHOR_LOST',
      'src/gone.ts that stands there 0 times',
    ],
    ['an empty document', { 'requirements.md': '# Nothing\n' }, 'ETALON_REQUIREMENTS_EMPTY', ''],
    [
      'a claim for a requirement that is not there',
      { 'claims/other.claim.ts': goodClaim.replace('A-1', 'A-2') },
      'ETALON_CLAIM_WITHOUT_REQUIREMENT',
      'claims/other.claim.ts',
    ],
    [
      'two claims of one id',
      { 'claims/twin.claim.ts': goodClaim },
      'ETALON_CLAIM_DUPLICATE_ID',
      'claims/twin.claim.ts',
    ],
    [
      'a claim file with a syntax error',
      { 'claims/bad.claim.ts': 'claim(' },
      'ETALON_CLAIM_FILE_UNREADABLE',
      'bad.claim.ts',
    ],
    [
      'a claim file that exits',
      { 'claims/bad.claim.ts': 'process.exit(0)' },
      'ETALON_CLAIM_FILE_UNREADABLE',
      'ended the process with code 0',
    ],
    [
      'a claim file without a claim',
      { 'claims/bad.claim.ts': 'export {}' },
      'ETALON_CLAIM_FILE_UNREADABLE',
      'declares no claim',
    ],
    [
      'a defect that is none',
      { 'defects/bad.defect.ts': 'export default { title: "x" }' },
      'ETALON_DEFECT_INVALID',
      'bad.defect.ts',
    ],
    [
      'a defect of an unknown claim',
      {
        'defects/bad.defect.ts': `export default { title: 'x', refutes: ['A-9'], plant: { kind: 'sql', statements: [] } }`,
      },
      'ETALON_DEFECT_UNKNOWN_CLAIM',
      'A-9',
    ],
    [
      'a defect whose anchor is lost',
      {
        'defects/bad.defect.ts': `import { defect, source } from 'etalon'
export default defect('x', { refutes: ['A-1'], plant: source('server.js', { find: 'gone', replace: '' }) })`,
      },
      'ETALON_DEFECT_ANCHOR_LOST',
      '0 times',
    ],
    [
      'two defects of one title',
      { 'defects/one.defect.ts': plainDefect, 'defects/two.defect.ts': plainDefect },
      'ETALON_DEFECT_INVALID',
      'it has the title of defects/one.defect.ts',
    ],
  ])('%s', async (_title, files, code, detail) => {
    const error = await errorOf(files)
    expect(error.code).toBe(code)
    expect(error.exitCode).toBe(3)
    expect(error.message).toContain(detail)
    expect(error.hint.length).toBeGreaterThan(20)
  })

  test('a missing document', async () => {
    system = scratchSystem({ 'claims/good.claim.ts': goodClaim })
    await expect(system.verify()).rejects.toMatchObject({ code: 'ETALON_REQUIREMENTS_MISSING' })
  })

  test('a folder without configuration', async () => {
    system = scratchSystem({})
    rmSync(join(system.directory, 'etalon.config.ts'))
    await expect(system.verify()).rejects.toMatchObject({ code: 'ETALON_CONFIG_MISSING' })
  })

  test('unknown names', async () => {
    const error = await errorOf({}).catch(() => undefined)
    expect(error).toBeUndefined()
    await expect(system.verify({ systems: ['nope'] })).rejects.toMatchObject({
      code: 'ETALON_CONFIG_UNKNOWN_SYSTEM',
    })
    await expect(system.verify({ only: ['A-7'] })).rejects.toMatchObject({
      code: 'ETALON_CLAIM_UNKNOWN',
    })
  })

  test('a run directory that cannot be made', async () => {
    const error = await errorOf({ out: 'a file where the folder should be' }).catch(() => undefined)
    expect(error).toBeUndefined()
    await expect(system.verify({ out: join(system.directory, 'out') })).rejects.toMatchObject({
      code: 'ETALON_RUN_DIRECTORY_UNWRITABLE',
      exitCode: 4,
    })
  })
})

describe('a system that does not start', () => {
  test('leaves its claims inconclusive, with the end of its log', async () => {
    system = scratchSystem({
      'requirements.md': requirementsOf('A-1'),
      'claims/good.claim.ts': goodClaim,
      'server.js': 'console.log("no such luck"); process.exit(3)',
    })
    const record = await system.verify()
    expect(record.outcomes).toMatchObject([{ claim: 'A-1', verdict: 'inconclusive' }])
    expect(record.outcomes[0]?.reason).toContain('it ended with code 3')
    expect(record.outcomes[0]?.reason).toContain('no such luck')
  })

  test('a port it insists on that is taken is told by its log', async () => {
    system = scratchSystem({
      'requirements.md': requirementsOf('A-1'),
      'claims/good.claim.ts': goodClaim,
      'server.js': `import { createServer } from 'node:http'
createServer().listen(1, '192.0.2.1')`,
    })
    const record = await system.verify()
    expect(record.outcomes[0]?.reason).toContain('EADDRNOTAVAIL')
  })
})

describe('a run that cannot write what it found', () => {
  test('ends every claim and tells why', async () => {
    system = scratchSystem({
      'requirements.md': requirementsOf('A-1', 'A-2'),
      'claims/good.claim.ts': goodClaim,
      'claims/endless.claim.ts': `import { claim } from 'etalon'
claim('A-2', async () => { await new Promise(() => {}) })
`,
    })
    const full = new EtalonError('ETALON_RUN_DIRECTORY_UNWRITABLE', {
      directory: 'there',
      problem: 'ENOSPC',
    })
    let waiting = 2
    const started = (): void => {
      waiting -= 1
    }
    const recorded = ({ outcomes }: RunRecord): void => {
      if (outcomes.length > 0) throw full
    }
    await expect(system.verify({ workers: 2 }, { started, recorded })).rejects.toBe(full)
    expect(waiting).toBeLessThan(2)
  })

  test('leaves claims inconclusive whose evidence cannot be written', async () => {
    system = scratchSystem({
      'requirements.md': requirementsOf('A-1', 'A-2'),
      'claims/large.claim.ts': `import { claim } from 'etalon'
claim('A-1', ({ note, prove }) => {
  note('x'.repeat(200_000))
  prove('one', 1).equals(1)
})
claim('A-2', ({ prove }) => prove('one', 1).equals(1))
`,
    })
    const limited = ['ulimit -f 200; exec "$0" "$@"', process.execPath, bin, 'verify']
    const { status } = spawnSync('sh', ['-c', ...limited], { cwd: system.directory })
    expect(status).toBe(exitCode.inconclusive)
    const [run = ''] = listRuns(join(system.directory, '.etalon', 'runs'))
    const { outcomes } = readRunRecord(run)
    expect(outcomes.map(({ claim, verdict }) => [claim, verdict])).toEqual([
      ['A-1', 'inconclusive'],
      ['A-2', 'inconclusive'],
    ])
    for (const { reason } of outcomes) expect(reason).toContain('EFBIG')
  })
})

describe('two runs at the same time', () => {
  test('do not disturb each other', async () => {
    system = scratchSystem({
      'requirements.md': requirementsOf('A-1'),
      'claims/good.claim.ts': goodClaim,
    })
    mkdirSync(join(system.directory, 'out'))
    const records = await Promise.all([system.verify(), system.verify(), system.verify()])
    for (const record of records) expect(record.outcomes).toMatchObject([{ verdict: 'upheld' }])
    expect(new Set(records.map(({ id }) => id)).size).toBe(3)
  })
})
