import { defect, sources } from 'etalon'

export default defect('what Redis refuses for want of memory counts as told', {
  refutes: ['TICK-RES-04'],
  plant: sources(
    {
      file: 'src/producer/relay/stream.ts',
      find: "        if type(added) == 'table' and added.err then return { 'refused', added.err } end\n",
      replace: '',
    },
    {
      file: 'src/producer/relay/relay.ts',
      find: '    if (!isWhole ||',
      replace: '    if (last < 0 ||',
    },
  ),
})
