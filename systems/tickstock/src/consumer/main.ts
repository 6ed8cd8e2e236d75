import { closeOnSignal, loadConfig } from 'service-kit'
import { createConsumer } from './app.ts'
import { consumerEnvironment } from './config.ts'

const env = loadConfig(consumerEnvironment)
const consumer = await createConsumer(env)
closeOnSignal(() => consumer.close(), consumer.app.log)
await consumer.app.listen({ host: env.HOST, port: env.PORT })
