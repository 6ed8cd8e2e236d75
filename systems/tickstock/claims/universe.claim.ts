import './universe/database-function.ts'
