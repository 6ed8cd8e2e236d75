import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Command } from 'commander'
import { loadConfig, writeWhole } from 'service-kit'
import { producerEnvironment } from '../config.ts'
import { priceText, toCsv } from '../scenario/bar.ts'
import { scenarios } from '../scenario/catalogue.ts'
import { cleanUp, scenarioDirectory } from '../scenario/clean.ts'
import { generateScenario, knownSeed } from '../scenario/generate.ts'
import { loadScenario, type LoadedScenario } from '../scenario/load.ts'
import { declarationOf } from '../scenario/outcome.ts'
import { validateScenarios } from '../scenario/validate.ts'
import { runAlone, runCommand } from './command.ts'
import { seedOption } from './option.ts'

interface GenerateOptions {
  readonly seed: number
  readonly out: string
}

interface LoadOptions {
  readonly seed: number
  readonly suffix?: string
  readonly minutes?: readonly string[]
}

const namesHelp = 'as `scenario list` shows them; all unless given'
const seedFlag = '--seed <number>'
const seedHelp = 'the same seed gives the same bytes'

/** `scenario list`, `generate`, `load`, `validate`, `clean` */
export function addScenarioCommand(program: Command): void {
  const scenario = program.command('scenario').description('synthetic bars that keep a promise')
  scenario
    .command('list')
    .description('the scenarios that there are, and what each declares')
    .action(() => runAlone(listScenarios))
  scenario
    .command('generate')
    .description('write the bars of scenarios into CSV files')
    .argument('[name...]', namesHelp)
    .option(seedFlag, seedHelp, seedOption, knownSeed)
    .option('--out <folder>', 'the folder of the files', scenarioDirectory)
    .action((names: readonly string[], options: GenerateOptions) =>
      runAlone(() => writeScenarios(orAll(names), options)),
    )
  scenario
    .command('load')
    .description('put scenarios into the tables for synthetic data; tells with scenario.loaded')
    .argument('[name...]', namesHelp)
    .option(seedFlag, seedHelp, seedOption, knownSeed)
    .option('--suffix <letters>', 'loads it as TEST_<NAME>_<letters>, beside others')
    .option('--minutes <date...>', 'trading days whose minutes are loaded too')
    .action((names: readonly string[], options: LoadOptions) =>
      runCommand(async (context) => {
        const loaded: LoadedScenario[] = []
        for (const name of orAll(names)) {
          loaded.push(await loadScenario(context, { name, ...options }))
        }
        return loaded
      }),
    )
  scenario
    .command('validate')
    .description(
      'look at loaded scenarios as they are stored; ends with 1 for one that is not right',
    )
    .argument('[symbol...]', 'all of them unless given')
    .action((symbols: readonly string[]) =>
      runCommand(async ({ pool }) => {
        const validations = await validateScenarios(pool, symbols)
        if (validations.some(({ valid }) => !valid)) process.exitCode = 1
        return validations
      }),
    )
  scenario
    .command('clean')
    .description('take away all test data: symbols, universes, test databases of Redis, files')
    .action(() =>
      runCommand(({ pool }) => {
        const { REDIS_URL } = loadConfig(producerEnvironment.pick({ REDIS_URL: true }))
        return cleanUp(pool, REDIS_URL)
      }),
    )
}

function listScenarios(): object[] {
  return scenarios.map(({ name, title, description, firstDay, days, baseCents, outcomes }) => ({
    name,
    title,
    description,
    first_day: firstDay,
    days,
    base_price: priceText(baseCents),
    outcomes: outcomes.map(declarationOf),
  }))
}

const orAll = (names: readonly string[]): readonly string[] =>
  names.length > 0 ? names : scenarios.map(({ name }) => name)

async function writeScenarios(
  names: readonly string[],
  { seed, out }: GenerateOptions,
): Promise<object[]> {
  const generated = names.map((name) => ({ name, ...generateScenario(name, seed) }))
  return Promise.all(
    generated.map(async ({ name, bars, outcomes, planted }) => {
      const csv = toCsv(bars)
      const file = join(out, `${name}-${seed}.csv`)
      await writeWhole(file, csv)
      const sha256 = createHash('sha256').update(csv).digest('hex')
      return { scenario: name, seed, bars: bars.length, sha256, file, outcomes, planted }
    }),
  )
}
