/** A command that a Redis user has run. */
export interface RunCommand {
  /** `lua` for what a script ran. */
  readonly user: string
  /** In lower case, with its sub-command: `client|setinfo`. */
  readonly command: string
  readonly calls: number
  /** The first keys or channels that it was run on. */
  readonly on: readonly string[]
}

/** The runs of one command on one connection. */
export interface CommandTally extends Omit<RunCommand, 'user'> {
  /** The client's end, `127.0.0.1:50000`, or `lua`. */
  readonly address: string
  readonly user: string | undefined
}

/** The commands of users, and how many were run on connections that were over too soon to tell whose. */
export interface Commands {
  readonly commands: readonly RunCommand[]
  readonly unattributed: number
}

const keptMax = 10

/** A tally with one run more. */
export function tallied(
  tally: CommandTally | undefined,
  run: { readonly address: string; readonly command: string; readonly on: string | undefined },
): CommandTally {
  const { address, command, on } = run
  const before = tally?.on ?? []
  const isNew = on !== undefined && before.length < keptMax && !before.includes(on)
  return {
    address,
    command,
    user: undefined,
    calls: (tally?.calls ?? 0) + 1,
    on: isNew ? [...before, on] : before,
  }
}

/**
 * The commands by user, without those of Etalon's own connections as the user who may everything.
 *
 * @param isOwn whether a client's port is one from which Etalon connected
 */
export function commandsOf(
  tallies: readonly CommandTally[],
  isOwn: (port: number) => boolean,
): Commands {
  const portOf = (address: string): number => Number(address.slice(address.lastIndexOf(':') + 1))
  const others = tallies.filter(
    ({ user = 'default', address }) => !(user === 'default' && isOwn(portOf(address))),
  )
  const known = others.filter(({ user }) => user !== undefined)
  const groups = Map.groupBy(known, ({ user, command }) => `${user}\n${command}`)
  return {
    commands: [...groups.values()].map((group) => ({
      user: group[0]?.user ?? '',
      command: group[0]?.command ?? '',
      calls: callsOf(group),
      on: [...new Set(group.flatMap(({ on }) => on))].slice(0, keptMax),
    })),
    unattributed: callsOf(others) - callsOf(known),
  }
}

function callsOf(tallies: readonly CommandTally[]): number {
  return tallies.reduce((sum, { calls }) => sum + calls, 0)
}
