import { defect, source } from 'etalon'

export default defect('a scenario that finds no room on the disk leaves half a file', {
  refutes: ['TICK-PERF-13/disk'],
  plant: source('src/producer/command/scenario.ts', {
    find: 'await writeWhole(file, csv)',
    replace: `const { writeFile } = await import('node:fs/promises')
      await writeFile(file, csv)`,
  }),
})
