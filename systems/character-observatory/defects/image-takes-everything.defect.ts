import { defect, rebuilt } from 'etalon'

export default defect('the image takes along what only building needs', {
  refutes: ['CHAR-OPS-01'],
  plant: rebuilt('deploy/Dockerfile', {
    find: 'RUN npm pkg delete devDependencies -w character-observatory \\\n  && npm ci --ignore-scripts --omit=dev --omit=optional',
    replace: 'RUN npm ci --ignore-scripts',
  }),
})
