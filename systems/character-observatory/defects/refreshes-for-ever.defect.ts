import { defect, source } from 'etalon'

export default defect('a token is exchanged for another one for ever', {
  refutes: ['CHAR-API-01'],
  plant: source('src/routes/auth.ts', {
    find: 'return tokenOf(identity, await self(identity.subject))',
    replace:
      'const { subject, role, epoch } = identity\n      return tokenOf({ subject, role, epoch }, await self(subject))',
  }),
})
