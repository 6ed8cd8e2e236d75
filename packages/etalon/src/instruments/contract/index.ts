export {
  createContract,
  type Contract,
  type ContractOptions,
  type ContractRun,
  type OperationRow,
  type Violation,
} from './contract.ts'
