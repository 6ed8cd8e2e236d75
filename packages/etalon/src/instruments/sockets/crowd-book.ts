import { openFindings, type Findings, type FindingsBook } from '../../kernel/findings.ts'
import type { Account } from '../../kernel/ledger/index.ts'
import { openSeries } from '../../kernel/ledger/index.ts'
import type { Attempt, CrowdFacts, CrowdReport, Differing } from './crowd-message.ts'
import type { Member, MemberReceipt } from './member.ts'

/** What all members of a crowd have heard and tried, beside the ledger of each. */
export interface CrowdBook {
  heard(receipt: MemberReceipt): void
  heardOther(type: string): void
  tried(attempt: Attempt, connectMs: number): void
  report(members: readonly Member[]): Omit<CrowdReport, 'doubts'>
}

/** Opens an empty one. */
export function openCrowdBook(): CrowdBook {
  const receivedAt = openSeries()
  const latency = openSeries()
  const connect = openSeries()
  const attempts: Attempt[] = []
  const others: Record<string, number> = {}
  const differing = openFindings<Differing>()
  // The text that the first client heard under each sequence, against which the others are held.
  const texts = new Map<string, string>()
  return {
    heard: ({ client, key, sequence, text, receivedAtMs, latencyMs }) => {
      receivedAt.push(receivedAtMs)
      latency.push(latencyMs)
      const place = `${key} ${sequence}`
      const known = texts.get(place)
      if (known === undefined) return void texts.set(place, text)
      differing.look()
      if (known !== text) {
        differing.find(() => ({ client, key, sequence, heard: text, others: known }))
      }
    },
    heardOther: (type) => {
      others[type] = (others[type] ?? 0) + 1
    },
    tried: (attempt, connectMs) => {
      attempts.push(attempt)
      if (attempt.hasSucceeded) connect.push(connectMs)
    },
    report: (members) => ({
      facts: { ...factsOf(members), differing: differing.findings(), others, attempts },
      connectMs: connect.values(),
      receivedAtMs: receivedAt.values(),
      latencyMs: latency.values(),
    }),
  }
}

const findingsOfAccounts = [
  'missing',
  'missedInCuts',
  'unexpected',
  'duplicated',
  'reordered',
  'late',
  'leaked',
] as const satisfies readonly (keyof Account)[]

type Summed = (typeof findingsOfAccounts)[number]

/** Adds up the accounts of all members. An example says whose it is. */
function factsOf(
  members: readonly Member[],
): Omit<CrowdFacts, 'differing' | 'others' | 'attempts'> {
  const books = Object.fromEntries(
    findingsOfAccounts.map((name) => [name, openFindings()]),
  ) as Record<Summed, FindingsBook<unknown>>
  const sums = { receipts: 0, delivered: 0, caughtUp: 0, cuts: 0 }
  for (const [client, { ledger }] of members.entries()) {
    const account = ledger.account()
    for (const name of findingsOfAccounts) addTo(books[name], account[name], client)
    sums.receipts += account.receipts
    sums.delivered += account.delivered
    sums.caughtUp += account.caughtUp
    sums.cuts += account.cuts.length
  }
  const summed = Object.fromEntries(
    findingsOfAccounts.map((name) => [name, books[name].findings()]),
  ) as Pick<Account, Summed>
  const connected = members.filter(({ isConnected }) => isConnected).length
  return { ...summed, ...sums, clients: members.length, connected }
}

function addTo(book: FindingsBook<unknown>, found: Findings<object>, client: number): void {
  book.look(found.among)
  if (found.count === 0) return
  const [first, ...rest] = found.examples.map((example) => ({ client, ...example }))
  // Examples may stand for several, as a stretch of missing messages does.
  book.find(() => first, found.count - rest.length)
  for (const example of rest) book.find(() => example)
}
