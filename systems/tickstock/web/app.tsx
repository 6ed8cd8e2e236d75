import { PageSkeleton, Redirect, SessionGate } from 'page-kit'
import { lazy, Suspense, type ReactNode } from 'react'
import { Route, Switch } from 'wouter'
import { service } from './api.ts'
import { NoticePage } from './live/notice-page.tsx'
import { MessagePage } from './message/message-page.tsx'
import { Frame } from './part/frame.tsx'
import { WrongPage } from './part/wrong-page.tsx'
import { paths } from './path.ts'
import { SignInPage } from './sign-in-page.tsx'
import { RunPage } from './sync/run-page.tsx'
import { OverlapPage } from './universe/overlap-page.tsx'
import { UniversePage } from './universe/universe-page.tsx'
import { UniversesPage } from './universe/universes-page.tsx'

// The chart is larger than all the other pages together.
const ScenarioPage = lazy(() => import('./scenario/scenario-page.tsx'))

/** The pages; without a session there is only the way in. */
export function App(): ReactNode {
  return (
    <SessionGate service={service} signIn={<SignInPage />}>
      {(user) => (
        <Frame user={user}>
          <Suspense fallback={<PageSkeleton />}>
            <Switch>
              <Route path="/">
                <Redirect to={paths.universes} />
              </Route>
              <Route path={paths.universes} component={UniversesPage} />
              <Route path={`${paths.universes}/:key`}>
                {({ key }) => <UniversePage key={key} universeKey={key} />}
              </Route>
              <Route path={paths.overlap} component={OverlapPage} />
              <Route path={paths.notices} component={NoticePage} />
              <Route path={`${paths.runs}/:id?`}>{({ id }) => <RunPage key={id} id={id} />}</Route>
              <Route path={`${paths.scenarios}/:symbol?`}>
                {({ symbol }) => <ScenarioPage symbol={symbol} />}
              </Route>
              <Route path={paths.messages}>
                {user.role === 'operator' ? <MessagePage /> : <WrongPage />}
              </Route>
              <Route component={WrongPage} />
            </Switch>
          </Suspense>
        </Frame>
      )}
    </SessionGate>
  )
}
