import { defect, source } from 'etalon'

export default defect('who listens to a project goes on hearing after it was deleted', {
  refutes: ['JEEX-R-02/listeners'],
  plant: source('src/event-stream.ts', {
    find: "if (event.action === 'project.delete') return",
    replace: '',
  }),
})
