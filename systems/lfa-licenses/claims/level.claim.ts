// One instance for all of them: each claim works with people of its own. First come those that try
// to rewrite everybody's history.
import './level/history.ts'
import './level/internship.ts'
import './level/promotion.ts'
import './level/certification.ts'
