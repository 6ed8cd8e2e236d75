import type { Command } from 'commander'
import { findPatterns } from '../pattern/detect.ts'
import { findBars } from '../store/scenario.ts'
import { runCommand } from './command.ts'

/** `pattern find` */
export function addPatternCommand(program: Command): void {
  program
    .command('pattern')
    .description('candlestick patterns, by TA-Lib')
    .command('find')
    .description('find patterns in the daily bars of a symbol, synthetic or of the market')
    .argument('<symbol>')
    .option('--function <name...>', "TA-Lib's functions, such as CDLHAMMER; all 61 unless given")
    .action((symbol: string, options: { readonly function?: readonly string[] }) =>
      runCommand(async ({ pool }) => {
        const bars = await findBars(pool, symbol)
        return { symbol, bars: bars.length, patterns: findPatterns(bars, options.function) }
      }),
    )
}
