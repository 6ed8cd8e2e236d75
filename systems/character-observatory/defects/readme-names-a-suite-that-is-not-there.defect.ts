import { defect, rebuilt } from 'etalon'

export default defect('the command of a suite names claims that do not exist', {
  refutes: ['CHAR-T-56'],
  plant: rebuilt('README.md', {
    find: '--only CHAR-WS-* CHAR-T-1*',
    replace: '--only CHAR-SOCKET-* CHAR-T-1*',
  }),
})
