import type { InstanceOptions, LinkedService } from '../environment/instance.ts'
import { openLink, type Link } from '../instruments/faults/index.ts'
import type { ClaimJob } from './job.ts'

/** The links of a job's instance; each is opened when the address of its service is known. */
export interface JobLinks {
  readonly open: ReadonlyMap<string, Link>
  readonly through: NonNullable<InstanceOptions['through']>
  close(): Promise<void>
}

/** Prepares links to the services that a job's claims want to disturb. */
export function openLinks(services: readonly LinkedService[], job: ClaimJob): JobLinks {
  const open = new Map<string, Link>()
  return {
    open,
    through: async (service, address) => {
      if (!services.includes(service)) return address
      const seed = `${job.claims[0]?.seed}/${service}`
      const link = await openLink({ ...address, protocol: service, seed })
      open.set(service, link)
      return { host: '127.0.0.1', port: link.port }
    },
    close: async () => {
      await Promise.all([...open.values()].map((link) => link.close()))
    },
  }
}
