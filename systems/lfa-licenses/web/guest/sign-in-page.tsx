import { Button, ErrorBanner, Field, formValues, problemOf } from 'page-kit'
import { useEffect, type FormEvent, type ReactNode } from 'react'
import { Link } from 'wouter'
import { beginSession, client, type User } from '../api.ts'
import { useChange } from '../change.ts'
import { Logo } from '../part/logo.tsx'

/** Where everyone begins; after signing in, the page that was asked for shows. */
export function SignInPage(): ReactNode {
  useEffect(() => {
    document.title = 'Sign in · LFA licences'
  }, [])
  const signIn = useChange({
    change: (body: { readonly email: string; readonly password: string }) =>
      client.send<{ readonly user: User }>('POST', '/auth/session', { body }),
    onDone: ({ user }) => beginSession(user),
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = formValues(event.currentTarget)
    signIn.mutate({ email: form['email'] ?? '', password: form['password'] ?? '' })
  }
  return (
    <main className="page-alone">
      <div className="brand" style={{ margin: '0 auto' }}>
        <Logo />
        LFA licences
      </div>
      <form className="card form" onSubmit={submit}>
        <h1>Sign in</h1>
        {signIn.error && <ErrorBanner error={signIn.error} />}
        <Field
          label="E-mail"
          name="email"
          type="email"
          autoComplete="username"
          required
          problem={problemOf(signIn.error, 'email')}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          problem={problemOf(signIn.error, 'password')}
        />
        <Button type="submit" className="button-wide" busy={signIn.isPending}>
          Sign in
        </Button>
      </form>
      <p className="small muted" style={{ textAlign: 'center' }}>
        Holding a certificate? <Link href="/verify">Verify its code</Link>
      </p>
    </main>
  )
}
