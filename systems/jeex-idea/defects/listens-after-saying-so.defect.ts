import { defect, source } from 'etalon'

export default defect('a listener is told so before the service listens', {
  refutes: ['JEEX-API-23/from-the-start'],
  plant: source('src/routes/event.ts', {
    find: "      const place = last ?? placeBefore(start?.xid ?? '0')",
    replace: `      await new Promise((resolve) => setTimeout(resolve, 1_000))
      const [late] = await service.database.read(actor, (sql) => eventStart(sql))
      const place = last ?? placeBefore(late?.xid ?? start?.xid ?? '0')`,
  }),
})
