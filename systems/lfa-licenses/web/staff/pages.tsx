import type { ReactNode } from 'react'
import { Route, Switch } from 'wouter'
import type { User } from '../api.ts'
import { WrongPage } from '../part/wrong-page.tsx'
import { PromotionsPage } from './promotions-page.tsx'
import { RollCallPage } from './roll-call-page.tsx'
import { SessionsPage } from './sessions-page.tsx'
import { StudentsPage } from './students-page.tsx'

/** The pages of who teaches. */
export default function StaffPages({ user }: { readonly user: User }): ReactNode {
  return (
    <Switch>
      <Route path="/teach">
        <SessionsPage user={user} />
      </Route>
      <Route path="/teach/sessions/:id">{({ id }) => <RollCallPage id={id} />}</Route>
      <Route path="/teach/students" component={StudentsPage} />
      <Route path="/teach/promotions">
        <PromotionsPage viewer={user.role} />
      </Route>
      <Route component={WrongPage} />
    </Switch>
  )
}
