import { loadConfig } from 'service-kit'
import { runService } from 'service-kit/serving'
import { createService } from './app.ts'
import { serviceEnvironment } from './config.ts'

await runService(loadConfig(serviceEnvironment), createService)
