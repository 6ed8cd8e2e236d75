export { createContract, type Contract } from './contract.ts'
export {
  type ContractOptions,
  type ContractRun,
  type OperationRow,
  type Violation,
} from './contract-run.ts'
