import { useMutation } from '@tanstack/react-query'
import { Button, ErrorBanner, Field, formValues, problemOf } from 'page-kit'
import { useEffect, type FormEvent, type ReactNode } from 'react'
import { beginSession, client, type User } from './api.ts'
import { Logo } from './part/logo.tsx'

/** Where everyone begins. */
export function SignInPage(): ReactNode {
  useEffect(() => {
    document.title = 'Sign in · JEEX Idea'
  }, [])
  const signIn = useMutation({
    mutationFn: (body: { readonly email: string; readonly password: string }) =>
      client.send<{ readonly user: User }>('POST', '/auth/session', { body }),
    onSuccess: ({ user }) => beginSession(user),
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    const form = formValues(event.currentTarget)
    signIn.mutate({ email: form['email'] ?? '', password: form['password'] ?? '' })
  }
  return (
    <main className="page-alone">
      <div className="brand sign-in-brand">
        <Logo />
        JEEX Idea
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
    </main>
  )
}
