import { defect, sources } from 'etalon'

export default defect('a high is counted from the open alone, and bars are not looked at', {
  refutes: ['TICK-SCN-05'],
  plant: sources(
    {
      file: 'src/producer/scenario/draft.ts',
      find: 'Math.max(draft.openCents, draft.closeCents) + draft.upCents',
      replace: 'draft.openCents + draft.upCents',
    },
    {
      file: 'src/producer/scenario/generate.ts',
      find: 'if (fault !== undefined) throw',
      replace: 'if (fault === bar) throw',
    },
    {
      file: 'src/producer/scenario/generate.ts',
      find: 'outcomes.filter((outcome) => !outcome.met)',
      replace: 'outcomes.filter(() => false)',
    },
  ),
})
