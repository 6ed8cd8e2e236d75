import { defect, source } from 'etalon'

export default defect('the energy is committed before the rest of the interaction is written', {
  refutes: ['CHAR-INT-03'],
  plant: source('src/operation/interact.ts', {
    find: 'const written = await writeInteraction(sql, JSON.stringify(change), userId)',
    replace: `const values = [change.initiator.id, change.initiator.energy]
  await sql.query({ text: 'update characters set energy = $2 where id = $1', values })
  const written = await writeInteraction(sql, JSON.stringify(change), userId)`,
  }),
})
