import { defect, source } from 'etalon'

export default defect('the energy is committed before the rest of the interaction is written', {
  refutes: ['CHAR-INT-03'],
  plant: source('src/operation/interact.ts', {
    find: 'await writeInteraction(tx, JSON.stringify(change))',
    replace: `const values = [pair.initiator.id, change.initiator.energy]
      await tx.query({ text: 'update characters set energy = $2 where id = $1', values })
      await tx.query('commit')
      await writeInteraction(tx, JSON.stringify(change))`,
  }),
})
