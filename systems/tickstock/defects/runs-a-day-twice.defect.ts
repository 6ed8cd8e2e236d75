import { defect, source } from 'etalon'

export default defect('a day that is told twice is synchronized twice', {
  refutes: ['TICK-SYN-12'],
  plant: source('src/producer/store/sync-run.ts', {
    find: `   on conflict (trading_day) where trigger = 'eod' do nothing
   returning id\`,
)

/** Keeps`,
    replace: `   on conflict (trading_day) where trigger = 'eod'
     do update set status = 'running', finished_at = null
   returning id\`,
)

/** Keeps`,
  }),
})
