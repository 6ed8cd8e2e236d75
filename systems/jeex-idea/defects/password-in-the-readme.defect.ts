import { defect, rebuilt } from 'etalon'

export default defect('the README shows a key that works', {
  refutes: ['JEEX-D-19'],
  plant: rebuilt('README.md', {
    find: 'export JWT_SECRET=...',
    replace: `export JWT_SECRET=${'c2VjcmV0'.repeat(5)}`,
  }),
})
