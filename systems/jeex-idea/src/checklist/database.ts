import { countSessions, listOwnedTables, lookAsNobody, readVersions } from '../store/checklist.ts'
import { readPool } from './figure.ts'
import { area } from './item.ts'
import { must, walk } from './step.ts'

const atOnce = 40
const fillingMax = 20
const calmRounds = 3

export const databaseItems = area('Database integration', {
  'Async database sessions properly managed': async ({ database, operator }) => {
    const { size, overflow_max: overflow } = await readPool(operator)
    const [{ sessions, stuck } = { sessions: 0, stuck: 0 }] = await countSessions(database)
    must(sessions > 0, 'the service has no session')
    must(stuck === 0, `${stuck} sessions have been idle in a transaction for a minute`)
    return `${sessions} sessions, ${size + overflow} at most for each process; none is stuck`
  },
  'Connection pooling optimized': async ({ owner, operator }) => {
    const askAtOnce = (): Promise<unknown> =>
      Promise.all(Array.from({ length: atOnce }, () => walk(owner, [[200, 'GET', '/projects']])))
    // The first rounds open what so many callers take; on a busy machine one may happen to open none.
    let before = await readPool(operator)
    for (let [round, calm] = [0, 0]; round < fillingMax && calm < calmRounds; round += 1) {
      const { opened } = before
      await askAtOnce()
      before = await readPool(operator)
      calm = before.opened === opened ? calm + 1 : 0
    }
    for (let round = 0; round < 5; round += 1) await askAtOnce()
    const after = await readPool(operator)
    const taken = after.acquisitions - before.acquisitions
    const reused = 1 - (after.opened - before.opened) / Math.max(1, taken)
    const lost = after.failures + after.refusals - before.failures - before.refusals
    must(taken >= 5 * atOnce, `${taken} acquisitions were counted for ${5 * atOnce} requests`)
    must(lost === 0, `${lost} requests got no connection`)
    must(reused > 0.9, `only ${(100 * reused).toFixed(1)} % of acquisitions opened no connection`)
    return `${(100 * reused).toFixed(1)} % of ${taken} acquisitions opened no connection`
  },
  'Transaction management implemented': async ({ owner, database, newProject }) => {
    const path = await newProject()
    const body = { document_type: 'architecture', content: 'A text' }
    const writers = Array.from({ length: 8 }, () =>
      walk(owner, [[201, 'POST', `${path}/documents`, { body }]]),
    )
    await Promise.all(writers)
    const id = path.split('/').at(-1) ?? ''
    const [{ versions, logged } = { versions: [], logged: 0 }] = await readVersions(database, id)
    const gapless = versions.length === 8 && versions.every((version, at) => version === at + 1)
    must(gapless, `8 writers at once left versions ${versions.join(', ')}`)
    must(logged === 8, `${logged} of 8 changes stand in the audit log`)
    return '8 writers at once: versions 1 to 8 without a gap, each with its audit entry'
  },
  'Project isolation enforced': async ({ database, asService }) => {
    const rows = await listOwnedTables(database)
    const open = rows.filter(({ secured }) => !secured).map(({ table }) => table)
    must(rows.length > 0 && open.length === 0, `without row security: ${open.join(', ')}`)
    const [{ passes, seen } = { passes: true, seen: -1 }] = await lookAsNobody(asService)
    must(!passes, "the service's role passes row security")
    must(seen === 0, `a session in nobody's name sees ${seen} projects`)
    return `row security on ${rows.length} tables; a session in nobody's name sees no project`
  },
})
