import { closeOnSignal, loadConfig } from 'service-kit'
import { createProducer } from './app.ts'
import { producerEnvironment } from './config.ts'

const env = loadConfig(producerEnvironment)
const producer = await createProducer(env)
closeOnSignal(() => producer.close(), producer.app.log)
await producer.app.listen({ host: env.HOST, port: env.PORT })
