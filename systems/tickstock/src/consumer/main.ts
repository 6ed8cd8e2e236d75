import { loadConfig } from 'service-kit'
import { runService } from 'service-kit/serving'
import { createConsumer } from './app.ts'
import { consumerEnvironment } from './config.ts'

await runService(loadConfig(consumerEnvironment), createConsumer)
