import './checklist/environment.ts'
