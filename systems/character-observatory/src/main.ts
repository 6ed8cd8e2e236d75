import { closeOnSignal, loadConfig } from 'service-kit'
import { createService } from './app.ts'
import { serviceEnvironment } from './config.ts'

const env = loadConfig(serviceEnvironment)
const service = await createService(env)
closeOnSignal(() => service.close(), service.app.log)
await service.app.listen({ host: env.HOST, port: env.PORT })
