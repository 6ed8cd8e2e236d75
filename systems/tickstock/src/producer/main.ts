import { loadConfig } from 'service-kit'
import { runService } from 'service-kit/serving'
import { createProducer } from './app.ts'
import { producerEnvironment } from './config.ts'

await runService(loadConfig(producerEnvironment), createProducer)
