import type { SystemHandle } from 'etalon'

/** Does one round of the expiry job at once, at the time of the instance's clock. */
export async function runExpiryJob(system: SystemHandle): Promise<void> {
  const { code, stderr } = await system.run(['node', 'src/expire.ts'], ({ postgres }) => ({
    DATABASE_URL: postgres.url('app'),
  }))
  if (code !== 0) throw new Error(`the expiry job ended with ${code}: ${stderr}`)
}
