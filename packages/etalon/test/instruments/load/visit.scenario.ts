import { scenario } from '../../../src/instruments/load/index.ts'

/** Signs in once a user, then reads; every fifth read finds nothing. */
export default scenario<{ secret: string }>({
  steps: ['sign in', 'read'],
  run: async (user) => {
    if (!user.memory.has('reads')) {
      const answer = await user.post('sign in', '/sign-in', { secret: user.data.secret })
      user.headers['authorization'] = (answer.json() as { token: string }).token
    }
    const reads = Number(user.memory.get('reads') ?? 0) + 1
    user.memory.set('reads', reads)
    const read = await user.get('read', '/read')
    user.check('every read but the fifth', reads % 5 !== 0)
    user.check('it is mine', read.text === `${user.headers['authorization']} reads`)
  },
})
