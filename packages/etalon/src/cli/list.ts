import type { Command } from 'commander'
import pc from 'picocolors'
import { prepareSystems, type PreparedSystem } from '../claims/prepare.ts'

/** `etalon list [system…]` */
export function listCommand(program: Command): void {
  program
    .command('list')
    .description(
      'show requirements, the claims that cover them and the defects that must refute them',
    )
    .argument('[system...]', 'systems to show; all of them unless given')
    .action(async (systems: string[]) => {
      const directory = process.cwd()
      const preparation = await prepareSystems({ directory, systems, only: [] })
      for (const system of preparation.systems) console.log(describeSystem(system))
    })
}

function describeSystem({ system, document, catalogue }: PreparedSystem): string {
  const { claims, defects } = catalogue
  const lines = document.requirements.map(({ id, tier, text, derivedFrom }) => {
    const covering = claims.filter(({ requirements }) => requirements.includes(id))
    const names = covering.map((claim) => {
      const count = defects.filter(({ refutes }) => refutes.includes(claim.id)).length
      const proof = count === 0 ? pc.yellow('no defect') : pc.dim(`${count} defect`)
      return `${claim.id} ${pc.dim(claim.isolation)} ${proof}`
    })
    const derived = derivedFrom && pc.dim(`derived from ${derivedFrom.length} others`)
    const shown = names.length === 0 ? (derived ?? pc.yellow('no claim')) : names.join(', ')
    return `  ${id.padEnd(14)} ${tier.padEnd(6)} ${text.slice(0, 60).padEnd(60)}  ${shown}`
  })
  const counts = [
    `${document.requirements.length} requirements`,
    `${claims.length} claims`,
    `${defects.length} defects`,
  ]
  return [`\n${pc.bold(system.config.title)}   ${counts.join(', ')}`, ...lines].join('\n')
}
