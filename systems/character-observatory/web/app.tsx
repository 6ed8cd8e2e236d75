import { Redirect, SessionGate } from 'page-kit'
import type { ReactNode } from 'react'
import { Route, Switch } from 'wouter'
import { service } from './api.ts'
import { EcosystemsPage } from './ecosystem/ecosystems-page.tsx'
import { ObservatoryPage } from './observatory/observatory-page.tsx'
import { Frame } from './part/frame.tsx'
import { WrongPage } from './part/wrong-page.tsx'
import { paths } from './path.ts'
import { SignInPage } from './sign-in-page.tsx'

/** The pages; without a session there is only the way in. */
export function App(): ReactNode {
  return (
    <SessionGate service={service} signIn={<SignInPage />}>
      {(user) => (
        <Frame user={user}>
          <Switch>
            <Route path="/">
              <Redirect to={paths.ecosystems} />
            </Route>
            <Route path={paths.ecosystems} component={EcosystemsPage} />
            <Route path={`${paths.ecosystems}/:id`}>
              {({ id }) => <ObservatoryPage key={id} id={id} />}
            </Route>
            <Route component={WrongPage} />
          </Switch>
        </Frame>
      )}
    </SessionGate>
  )
}
