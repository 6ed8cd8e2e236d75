import { defect, source } from 'etalon'

/** It finds the consumer as somebody would who lives on the same machine. */
const call = `const { readFileSync } = await import('node:fs')
  const siblings = \`/proc/\${process.ppid}/task/\${process.ppid}/children\`
  for (const pid of readFileSync(siblings, 'utf8').trim().split(' ')) {
    if (!readFileSync(\`/proc/\${pid}/cmdline\`, 'utf8').includes('consumer/main.ts')) continue
    const port = /PORT=(\\d+)/.exec(readFileSync(\`/proc/\${pid}/environ\`, 'utf8'))?.[1]
    await fetch(\`http://127.0.0.1:\${port}/health\`, { headers: { connection: 'close' } })
  }`

export default defect('the producer tells the consumer of a change by calling it', {
  refutes: ['TICK-BND-02'],
  plant: source('src/producer/relay/relay.ts', {
    find: '  options.figures.published.inc({ channel: batch.channel }, batch.entries.length)\n',
    replace: `  options.figures.published.inc({ channel: batch.channel }, batch.entries.length)
  ${call}
`,
  }),
})
