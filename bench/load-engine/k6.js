import http from 'k6/http'
import { check } from 'k6'

export default function () {
  const answer = http.get(__ENV.TARGET)
  check(answer, { 'it is whole': (found) => found.body.length === 27 })
}
