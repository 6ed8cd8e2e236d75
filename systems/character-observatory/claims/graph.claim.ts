import './graph/way.ts'
