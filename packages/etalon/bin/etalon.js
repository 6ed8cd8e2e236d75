#!/usr/bin/env node
// Plain JavaScript of an old dialect, so that an old Node.js gets to the sentence below.
const version = process.versions.node
if (Number(version.split('.')[0]) < 24) {
  process.stderr.write(
    `ETALON_CLI_NODE_TOO_OLD  Etalon needs Node.js 24 or later and found ${version}.\n` +
      '  On Linux, run it through npm (`npm run verify`), which puts the Node.js 24 of the optional ' +
      'dependencies in front; elsewhere install Node.js 24.\n',
  )
  process.exit(3)
}
await import('../src/cli/main.ts')
