import './socket/propagation.ts'
