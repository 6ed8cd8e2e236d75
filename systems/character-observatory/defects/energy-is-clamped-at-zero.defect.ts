import { defect, sources } from 'etalon'

export default defect('energy is only looked at against the minimum, and a debt is forgotten', {
  refutes: ['CHAR-ENG-05'],
  plant: sources(
    {
      file: 'src/rule/energy.ts',
      find: 'return energy >= energyMin && energy >= cost',
      replace: 'return energy >= energyMin',
    },
    {
      file: 'src/operation/interaction-change.ts',
      find: 'energy: energyAt(stored, at.getTime()) - cost,',
      replace: 'energy: Math.max(0, energyAt(stored, at.getTime()) - cost),',
    },
  ),
})
