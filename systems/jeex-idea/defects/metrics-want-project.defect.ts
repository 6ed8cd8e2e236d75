import { defect, sources } from 'etalon'

const file = 'src/routes/monitor.ts'

export default defect('the dashboard wants to be told a project', {
  refutes: ['JEEX-API-21'],
  plant: sources(
    {
      file,
      find: "import { access } from '../actor.ts'",
      replace:
        "import { uuid } from 'service-kit'\nimport { z } from 'zod'\nimport { access } from '../actor.ts'",
    },
    {
      file,
      find: "summary: 'All figures of the dashboard',",
      replace:
        "summary: 'All figures of the dashboard', querystring: z.object({ project_id: uuid }),",
    },
  ),
})
