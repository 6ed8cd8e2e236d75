import './interface/account.ts'
import './interface/resource.ts'
import './interface/right.ts'
import './interface/contract.ts'
