import { defect, source } from 'etalon'

export default defect('the exports of all projects of an owner are listed', {
  refutes: ['JEEX-API-18'],
  plant: source('src/store/export.ts', {
    find: "where: { 'project_id = ?': project, 'owner_id = ?': owner }",
    replace: "where: { 'owner_id = ?': owner ?? project }",
  }),
})
