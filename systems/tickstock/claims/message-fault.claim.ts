import { claim } from 'etalon'
import { flowUnderFaults } from './message/disturbed-flow.ts'
import { proveFaultless } from './message/flow.ts'

const moments = 50

claim(
  ['TICK-T-15', 'TICK-RED-05'],
  { links: ['redis', 'postgres'], timeoutMs: 300_000 },
  async ({ system, sql, messages, faults, random, prove, note }) => {
    const flow = await flowUnderFaults(
      {
        sql,
        producer: system.sqlAs('producer'),
        messages,
        random,
        cut: (service) => faults.link(service).cutAll(),
        killConsumer: () => system.kill('consumer'),
        startConsumer: () => system.startAgain('consumer'),
      },
      { messages: 20_000, moments },
    )
    const { published, struck, connectionsCut, streams, inbox, live, liveOverLink } = flow
    prove('messages published', published).isAtLeast(20_000)
    prove('disturbances', struck.length).equals(moments)
    prove('connections cut', connectionsCut).isAtLeast(moments)
    proveFaultless(prove, 'in the streams', streams)
    proveFaultless(prove, 'in the consumer', inbox)
    prove('taken in', inbox.delivered).equals(published)

    // Publish and subscribe keeps nothing for who is away: what that costs is told, and no more.
    proveFaultless(prove, 'to a listener who was there', live)
    prove('missing for one who was cut off, while he was there', liveOverLink.missing).isEmpty()
    const lost = liveOverLink.missedInCuts.count
    prove('his losses in cuts and what he heard', lost + liveOverLink.delivered).equals(published)
    prove('his losses in cuts', lost).isAtLeast(1)
    note('lost in cuts by publish and subscribe', { lost, cuts: liveOverLink.cuts.length })
  },
)
