import './database/personality.ts'
