import { PageSkeleton, Redirect, SessionGate } from 'page-kit'
import { lazy, Suspense, type ReactNode } from 'react'
import { Route, Switch } from 'wouter'
import { service } from './api.ts'
import { SignInPage } from './guest/sign-in-page.tsx'
import { Frame, homeOf } from './part/frame.tsx'
import { WrongPage } from './part/wrong-page.tsx'

const VerifyPage = lazy(() => import('./guest/verify-page.tsx'))
const StudentPages = lazy(() => import('./student/pages.tsx'))
const StaffPages = lazy(() => import('./staff/pages.tsx'))
const AdminPages = lazy(() => import('./admin/pages.tsx'))

/** All pages; what stands behind a path depends on who is signed in. */
export function App(): ReactNode {
  return (
    <Suspense fallback={<PageSkeleton />}>
      <Switch>
        <Route path="/verify/:code?">{({ code }) => <VerifyPage code={code} />}</Route>
        <Route>
          <SignedIn />
        </Route>
      </Switch>
    </Suspense>
  )
}

function SignedIn(): ReactNode {
  return (
    <SessionGate service={service} signIn={<SignInPage />}>
      {(user) => (
        <Frame user={user}>
          <Suspense fallback={<PageSkeleton />}>
            <Switch>
              <Route path="/">
                <Redirect to={homeOf[user.role]} />
              </Route>
              <Route path="/sign-in">
                <Redirect to={homeOf[user.role]} />
              </Route>
              <Route path="/admin/*?">
                {user.role === 'ADMIN' ? <AdminPages /> : <WrongPage />}
              </Route>
              <Route path="/teach/*?">
                {user.role === 'STUDENT' ? <WrongPage /> : <StaffPages user={user} />}
              </Route>
              <Route>
                <StudentPages />
              </Route>
            </Switch>
          </Suspense>
        </Frame>
      )}
    </SessionGate>
  )
}
