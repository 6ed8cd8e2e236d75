import { defect, source } from 'etalon'

export default defect('the expiry job also ends player and GānCuju licences, after two years', {
  refutes: ['LFA-EXP-01'],
  plant: source('src/operation/expiry.ts', {
    find: 'const coaches = await expireCoaches(tx, now)',
    replace: `const coaches = await expireCoaches(tx, now)
      for (const table of ['lfa_player_licenses', 'gancuju_licenses']) {
        const text = \`update \${table} set is_active = false where created_at <= $1\`
        await tx.query({ text, values: [addDays(now, -730)] })
      }`,
  }),
})
