export { createHttp, type HttpClient, type HttpOptions, type RequestOptions } from './http.ts'
export { describeExchange, type HttpResponse, type RequestRecord } from './exchange.ts'
export { PendingResponse } from './pending-response.ts'
export { signToken } from './signed-token.ts'
