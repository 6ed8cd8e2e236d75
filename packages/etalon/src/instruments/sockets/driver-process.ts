// Holds the clients of one crowd, in a process of its own so that nothing the claim does delays them.
import { Agent } from 'undici'
import { messageOf } from '../../kernel/errors.ts'
import { until } from '../../kernel/clock.ts'
import { random } from '../../kernel/random.ts'
import { watchLateness } from '../lateness.ts'
import { openCrowdBook } from './crowd-book.ts'
import type {
  CrowdAnswer,
  CrowdCall,
  CrowdPlan,
  CrowdReport,
  CrowdRequest,
  Members,
} from './crowd-message.ts'
import { Member } from './member.ts'
import { readerOf } from './reading.ts'

const lateness = watchLateness()
const book = openCrowdBook()
const members: Member[] = []
const lookMs = 10

process.once('disconnect', () => process.exit())
process.on('message', ({ id, request }: CrowdCall) => {
  answer(request).then(
    (report) => reply({ id, report, problem: undefined }),
    (error: unknown) => reply({ id, report: undefined, problem: messageOf(error) }),
  )
})

async function answer(request: CrowdRequest): Promise<CrowdReport | undefined> {
  switch (request.ask) {
    case 'open':
      return open(request.plan)
    case 'published':
      for (const { ledger } of members) {
        for (const publication of request.publications) ledger.published(publication)
      }
      return undefined
    case 'until':
      await allOf(({ ledger }) => ledger.delivered >= request.delivered, request.timeoutMs)
      return report()
    case 'connected':
      await allOf(({ isConnected }) => isConnected, request.timeoutMs)
      return report()
    case 'report':
      return report()
    case 'cut':
      for (const member of chosen(request.members)) member.cut()
      return undefined
    case 'stop-reading':
      for (const member of chosen(request.members)) member.stopReading()
      return undefined
    case 'read':
      for (const member of chosen(request.members)) member.read()
      return undefined
    case 'say':
      for (const member of chosen(request.members)) member.say(request.text)
      return undefined
  }
}

/** Lets the clients come one after another, at the plan's rate. */
async function open(plan: CrowdPlan): Promise<CrowdReport> {
  const around = {
    plan,
    agent: new Agent({ connections: null }),
    read: readerOf(plan.reading),
    random: random(plan.seed),
    ...book,
  }
  const beganAtMs = performance.now()
  const isComplete = (): boolean => {
    const due = ((performance.now() - beganAtMs) * plan.arrivalHz) / 1_000
    while (members.length < plan.clients && members.length <= due) {
      const member = new Member(members.length, around)
      members.push(member)
      member.connect()
    }
    return members.length === plan.clients
  }
  await until(() => isComplete() || undefined, { timeoutMs: plan.openTimeoutMs, everyMs: 1 })
  const leftMs = plan.openTimeoutMs - (performance.now() - beganAtMs)
  await allOf(({ isConnected }) => isConnected, leftMs)
  return report()
}

async function allOf(holds: (member: Member) => boolean, timeoutMs: number): Promise<void> {
  await until(() => members.every(holds) || undefined, { timeoutMs, everyMs: lookMs })
}

function chosen(numbers: Members): readonly Member[] {
  return numbers === undefined ? members : members.filter((_member, at) => numbers.includes(at))
}

function report(): CrowdReport {
  return { ...book.report(members), doubts: lateness.doubts() }
}

function reply(message: CrowdAnswer): void {
  process.send?.(message)
}
