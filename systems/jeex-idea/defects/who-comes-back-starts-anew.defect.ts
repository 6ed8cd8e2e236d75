import { defect, source } from 'etalon'

export default defect('who comes back to the events begins anew', {
  refutes: ['JEEX-API-23/events'],
  plant: source('src/routes/event.ts', {
    find: "const last = readPlace(request.headers['last-event-id'] ?? '')",
    replace: "const last = readPlace('')",
  }),
})
