/** A strength as it is read: two digits, a true minus, and none before what rounds to nothing. */
export function strengthText(strength: number): string {
  const text = strength.toFixed(2)
  return text === '-0.00' ? '0.00' : text.replace('-', '−')
}
