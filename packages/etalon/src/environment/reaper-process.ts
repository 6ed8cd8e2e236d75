// Runs beside every run, in a session of its own, and outlives it: when the pipe from the run
// closes, however it came to close, whatever the run left is removed.
//
//   run ──stdin──▶ reaper     {"databases": url} or {"redis": url} lines; end of file = the run is over
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

// What another run left is not this one's to tell, and must not keep it from removing its own.
for (const abandoned of abandonedLeases()) {
  await sweep(abandoned, { databases: [], redis: [] }).catch(() => {})
}

const given = { databases: new Array<string>(), redis: new Array<string>() }
for await (const line of createInterface({ input: process.stdin })) {
  const { databases, redis } = JSON.parse(line) as { databases?: string; redis?: string }
  if (databases !== undefined) given.databases.push(databases)
  if (redis !== undefined) given.redis.push(redis)
}
const problems = await sweep(lease, given)
process.stdout.write(problems.map((problem) => `${problem}\n`).join(''))
