// Runs beside every run, in a session of its own, and outlives it: when the pipe from the run
// closes, however it came to close, whatever the run left is removed.
//
//   run ──stdin──▶ reaper     {"databaseServer": url} lines; end of file = the run is over
//   run ◀─stdout── reaper     "ready", then one line for each thing that could not be removed
import { createInterface } from 'node:readline'
import { abandonedLeases, takeLease } from './lease.ts'
import { sweep } from './sweep.ts'

const runId = process.argv[2]
if (runId === undefined) throw new Error('reaper-process: expected the id of a run, found none')

// A terminal's Ctrl-C and hang-up are for the run; the reaper ends when the run has.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => {})
// The run may be gone when the reaper has something to say.
process.stdout.on('error', () => {})

const lease = takeLease(runId)
process.stdout.write('ready\n')

for (const abandoned of abandonedLeases()) await sweep(abandoned, [])

const databaseServers: string[] = []
for await (const line of createInterface({ input: process.stdin })) {
  databaseServers.push((JSON.parse(line) as { databaseServer: string }).databaseServer)
}
const problems = await sweep(lease, databaseServers)
process.stdout.write(problems.map((problem) => `${problem}\n`).join(''))
