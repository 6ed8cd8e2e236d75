import './cache/lifetime.ts'
import './cache/load.ts'
import './cache/own-write.ts'
import './cache/redis-killed.ts'
