/** Coefficients of a rational function, highest power first. */
interface Rational {
  readonly over: readonly number[]
  readonly under: readonly number[]
}

const central: Rational = {
  over: [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
    1971.5909503065513, 133.14166789178438, 3.3871328727963665,
  ],
  under: [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
    687.1870074920579, 42.31333070160091, 1,
  ],
}
const middle: Rational = {
  over: [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
    3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835,
  ],
  under: [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
    0.6897673349851, 1.6763848301838038, 2.053191626637759, 1,
  ],
}
const far: Rational = {
  over: [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
  ],
  under: [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
  ],
}

/**
 * The z below which a standard normal variable falls with probability p, 0 < p < 1; about 1e-15
 * relative. Throws RangeError outside. Source: M. Wichura, Algorithm AS 241 (PPND16), Applied
 * Statistics 37 (1988).
 */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) {
    throw new RangeError(`normalQuantile: expected p between 0 and 1, found ${p}`)
  }
  const fromMiddle = p - 0.5
  if (Math.abs(fromMiddle) <= 0.425) {
    return fromMiddle * valueOf(central, 0.180625 - fromMiddle * fromMiddle)
  }
  const distance = Math.sqrt(-Math.log(Math.min(p, 1 - p)))
  const z = distance <= 5 ? valueOf(middle, distance - 1.6) : valueOf(far, distance - 5)
  return fromMiddle < 0 ? -z : z
}

function valueOf(rational: Rational, at: number): number {
  return polynomial(rational.over, at) / polynomial(rational.under, at)
}

function polynomial(coefficients: readonly number[], at: number): number {
  let sum = 0
  for (const coefficient of coefficients) sum = sum * at + coefficient
  return sum
}
