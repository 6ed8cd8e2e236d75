import { SignIn } from 'page-kit'
import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { service } from '../api.ts'
import { Logo } from '../part/logo.tsx'

/** Where everyone begins who holds no certificate to verify. */
export function SignInPage(): ReactNode {
  return (
    <SignIn system="LFA licences" logo={<Logo />} service={service}>
      <p className="small muted" style={{ textAlign: 'center' }}>
        Holding a certificate? <Link href="/verify">Verify its code</Link>
      </p>
    </SignIn>
  )
}
