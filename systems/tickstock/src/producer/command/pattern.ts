import type { Command } from 'commander'
import { findPatterns } from '../pattern/detect.ts'
import { taLib } from '../pattern/ta-lib.ts'
import { findBars } from '../store/scenario.ts'
import { runAlone, runCommand, type CommandContext } from './command.ts'

interface FindOptions {
  readonly function?: readonly string[]
}

/** `pattern list`, `find` */
export function addPatternCommand(program: Command): void {
  const pattern = program.command('pattern').description('candlestick patterns, by TA-Lib')
  pattern
    .command('list')
    .description("the names of TA-Lib's candlestick functions")
    .action(() => runAlone(() => taLib().candleFunctions))
  pattern
    .command('find')
    .description('find patterns in daily bars, synthetic or of the market')
    .argument('<symbol...>')
    .option('--function <name...>', 'such as CDLHAMMER; all 61 unless given')
    .action((symbols: readonly string[], options: FindOptions) =>
      runCommand((context) => findInSymbols(context, symbols, options)),
    )
}

async function findInSymbols(
  { pool }: CommandContext,
  symbols: readonly string[],
  options: FindOptions,
): Promise<object[]> {
  return Promise.all(
    symbols.map(async (symbol) => {
      const bars = await findBars(pool, symbol)
      return { symbol, bars: bars.length, patterns: findPatterns(bars, options.function) }
    }),
  )
}
