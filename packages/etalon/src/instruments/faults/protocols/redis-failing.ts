import type { Failing } from './failing.ts'

/** A command is replaced by one that Redis does not know; its error quotes it. */
export const redisFailing: Failing = {
  spoil: (_request, token) => Buffer.from(`*1\r\n$${token.length}\r\n${token}\r\n`),
  retell: (answer, token, { code, message }) => {
    const isRefusal = answer[0] === '-'.charCodeAt(0) && answer.includes(token)
    return isRefusal ? Buffer.from(`-${code} ${message}\r\n`) : answer
  },
}
