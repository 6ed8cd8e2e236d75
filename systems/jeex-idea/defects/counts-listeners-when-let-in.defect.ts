import { defect, sources } from 'etalon'

const file = 'src/routes/event.ts'

export default defect('a listener is counted after he was let in', {
  refutes: ['JEEX-API-23/listeners'],
  plant: sources(
    { file, find: 'streams.enter(actor.id, response)', replace: '' },
    {
      file,
      find: 'reply.hijack()',
      replace: 'reply.hijack(); streams.enter(actor.id, response)',
    },
  ),
})
