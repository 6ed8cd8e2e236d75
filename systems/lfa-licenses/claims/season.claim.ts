// One instance for all of them: each claim works with people and semesters of its own.
import './season/enrollment.ts'
import './season/attendance.ts'
import './season/graduation.ts'
