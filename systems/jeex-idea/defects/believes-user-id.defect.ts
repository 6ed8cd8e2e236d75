import { defect, source } from 'etalon'

export default defect('a parameter says who the caller is', {
  refutes: ['JEEX-D-08'],
  plant: source('src/actor.ts', {
    find: 'return { id: identity.subject,',
    replace: `const { user_id } = (request.query ?? {}) as { user_id?: string }
  return { id: user_id ?? identity.subject,`,
  }),
})
