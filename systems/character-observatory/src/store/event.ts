import { statement, type Sql } from 'service-kit'

const insertEvent = statement<never, [ecosystem: string, type: string, data: string]>(
  'event-insert',
  'insert into events (ecosystem_id, type, data) values ($1, $2, $3)',
)

/** Tells the watchers of an ecosystem something, once the transaction `tx` commits. */
export async function tell(tx: Sql, ecosystem: string, type: string, data: object): Promise<void> {
  await insertEvent(tx, ecosystem, type, JSON.stringify(data))
}
