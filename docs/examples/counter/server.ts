import { createServer } from 'node:http'

let count = 0
createServer((request, response) => {
  if (request.method === 'POST') count += 1
  response.setHeader('content-type', 'application/json')
  response.end(JSON.stringify({ count }))
}).listen(Number(process.env['PORT']), '127.0.0.1')
