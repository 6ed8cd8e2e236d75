import { defect, sources } from 'etalon'

const file = 'src/operation/project.ts'

export default defect("another's project is looked for again before it is refused", {
  refutes: ['JEEX-R-01/timing'],
  plant: sources(
    {
      file,
      find: '  const [project] = await findProject(sql, id, actor.id)',
      replace: `  let [project] = await findProject(sql, id, actor.id)
  for (let look = 0; project === undefined && made.has(id) && look < 8; look += 1) {
    ;[project] = await findProject(sql, id, actor.id)
  }`,
    },
    {
      file,
      find: '/** Creates a project of the caller. */',
      replace: 'const made = new Set()',
    },
    {
      file,
      find: '  const project = rows[0] as ProjectRow',
      replace: `  const project = rows[0] as ProjectRow
  made.add(project.id)`,
    },
  ),
})
