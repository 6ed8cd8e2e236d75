// One instance for all of them. What expires comes after the claim that counts the kinds of row.
import './credit/account.ts'
import './credit/expiry.ts'
