import { defect, source } from 'etalon'

export default defect('a project is looked up without asking whose it is', {
  refutes: ['JEEX-SEC-001/without-row-security'],
  plant: source('src/store/project.ts', {
    find: `  'project-find',
  \`select \${columns} from projects where id = $1 and created_by = $2 and deleted_at is null\``,
    replace: `  'project-find',
  \`select \${columns} from projects where id = $1 and $2::uuid is not null and deleted_at is null\``,
  }),
})
