import { defect, source } from 'etalon'

export default defect('a package says when it was made', {
  refutes: ['JEEX-R-10'],
  plant: source('src/package-file.ts', {
    find: `language: project.language },
    files`,
    replace: `language: project.language, at: Date.now() },
    files`,
  }),
})
