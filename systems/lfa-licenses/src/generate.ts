// node src/generate.ts --users 10000 --seed 1 [--desync 0.01] [--belts-only]
// node src/generate.ts --example [--seed 1]      37 pairs, 34 of them with something wrong
import { parseArgs } from 'node:util'
import { uniqueViolation, usageExitCode } from 'service-kit'
import { withService } from './command.ts'
import { populate } from './operation/population.ts'

const usage =
  'usage: generate --users N --seed N [--desync SHARE] [--belts-only] | --example [--seed N]'

const { values } = parseArgs({
  options: {
    users: { type: 'string' },
    seed: { type: 'string', default: '1' },
    desync: { type: 'string', default: '0' },
    'belts-only': { type: 'boolean', default: false },
    example: { type: 'boolean', default: false },
  },
})

/** The figures of the report that the system was built after. */
const example = { users: 37, desync: 34 / 37, beltsOnly: true }

const wanted = values.example
  ? example
  : {
      users: Number(values.users),
      desync: Number(values.desync),
      beltsOnly: values['belts-only'],
    }
const seed = Number(values.seed)
const isUsable =
  Number.isInteger(wanted.users) &&
  wanted.users > 0 &&
  wanted.users <= 1_000_000 &&
  Number.isSafeInteger(seed) &&
  wanted.desync >= 0 &&
  wanted.desync <= 1

if (isUsable) {
  try {
    const made = await withService('lfa-generate', (service) =>
      populate(service, { ...wanted, seed, now: service.clock.now() }),
    )
    console.log(JSON.stringify(made, null, 2))
  } catch (error) {
    if (uniqueViolation(error) !== 'users_email_key') throw error
    console.error(`The people of seed ${seed} are there already; take another seed`)
    process.exitCode = 1
  }
} else {
  console.error(usage)
  process.exitCode = usageExitCode
}
