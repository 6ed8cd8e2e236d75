export type { Account } from './account.ts'
export type { PublicationOutcome } from './book.ts'
export { openLedger, type Ledger } from './ledger.ts'
export type { Publication } from './receipt.ts'
