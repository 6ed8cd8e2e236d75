import { defect, source } from 'etalon'

export default defect('a connection to the streams that broke is not made again', {
  refutes: ['TICK-RED-11'],
  plant: source('src/consumer/intake/stream.ts', {
    find: 'return createClient(lastingConnection(url))',
    replace:
      'const lasting = lastingConnection(url); return createClient({ ...lasting, socket: { ...lasting.socket, reconnectStrategy: false } })',
  }),
})
