import { defect, sources } from 'etalon'

const file = 'src/routes/project.ts'

export default defect('a list is remembered by its address alone', {
  refutes: ['JEEX-REQ-006'],
  plant: sources(
    { file, find: `const tags = ['Projects']`, replace: `const tags = ['Projects'], lists = {}` },
    {
      file,
      find: 'database.read(actor, (sql) => listProjects(sql, actor.id, request.query)),',
      replace: `lists[request.url] ??= database.read(actor, (sql) =>
        listProjects(sql, actor.id, request.query)),`,
    },
  ),
})
