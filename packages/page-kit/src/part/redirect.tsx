import { useEffect } from 'react'
import { useLocation } from 'wouter'

/** Goes elsewhere, leaving no trace of this path in the history. */
export function Redirect({ to }: { readonly to: string }): null {
  const [, go] = useLocation()
  useEffect(() => go(to, { replace: true }), [go, to])
  return null
}
