// One instance for all of them. The admin, who clears everybody's records away, comes last.
import './page/student.ts'
import './page/instructor.ts'
import './page/admin.ts'
