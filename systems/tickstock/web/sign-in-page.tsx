import { SignIn } from 'page-kit'
import type { ReactNode } from 'react'
import { service } from './api.ts'
import { Logo } from './part/logo.tsx'

/** Where everyone begins. */
export function SignInPage(): ReactNode {
  return <SignIn system="TickStock" logo={<Logo />} service={service} />
}
