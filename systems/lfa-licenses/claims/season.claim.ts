// One instance for credits and the seasons that they pay for: each claim works with people and
// semesters of its own. First comes the one that counts the kinds of row; what expires after it.
import './credit/account.ts'
import './credit/price.ts'
import './credit/expiry.ts'
import './season/enrollment.ts'
import './season/withdrawal.ts'
import './season/attendance.ts'
import './season/graduation.ts'
