import { defect, rebuilt } from 'etalon'

export default defect('each move of the graph takes a twentieth of a second', {
  refutes: ['CHAR-PERF-15'],
  plant: rebuilt('web/network/layout.ts', {
    find: 'listener.onStep(places)',
    replace:
      'const untilMs = performance.now() + 50\n      while (performance.now() < untilMs);\n      listener.onStep(places)',
  }),
})
