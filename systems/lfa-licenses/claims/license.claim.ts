// One instance for licences and how they end, but for those that move the clock: each claim works
// with people of its own. First comes the one that compares everybody's balance with the ledger.
import './license/command-sequence.ts'
import './license/rule.ts'
import './license/age-group.ts'
import './license/concurrency.ts'
import './expiry/validity.ts'
import './expiry/renewal.ts'
