import { defect, source } from 'etalon'

export default defect('a scenario looks at every earlier bar again and again for each bar', {
  refutes: ['TICK-PERF-03', 'TICK-PERF-15/scenario'],
  plant: source('src/producer/scenario/generate.ts', {
    find: 'const dates = tradingDays(scenario.firstDay, scenario.days)',
    replace: `const dates = tradingDays(scenario.firstDay, scenario.days)
  const untilMs = performance.now() + 11_000
  while (performance.now() < untilMs) tradingDays(scenario.firstDay, scenario.days)`,
  }),
})
