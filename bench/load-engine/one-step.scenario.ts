import { scenario } from '../../packages/etalon/src/instruments/load/index.ts'

export default scenario({
  steps: ['get'],
  run: async (user) => {
    const answer = await user.get('get', '/')
    user.check('it is whole', answer.text.length === 27)
  },
})
