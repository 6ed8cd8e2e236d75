import { claim } from 'etalon'

claim('CHAR-PERF-11', { coverage: true }, async ({ coverage, prove }) => {
  // The demo's story is data for a look at the pages, and serves nobody.
  const code = await coverage.of('src', { except: ['demo', 'demo.ts'] })
  const missed = code.files
    .filter(({ missedLines }) => missedLines.length > 0)
    .map(({ file, missedLines }) => `${file}: ${missedLines.join(', ')}`)
  prove('statements of the service that the claims ran', code.statements, {
    witness: missed,
  }).isAbove(0.9, 'share')
})
