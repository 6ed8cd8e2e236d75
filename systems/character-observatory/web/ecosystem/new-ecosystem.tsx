import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Dialog, ErrorBanner, Field, formValues, problemOf, TextArea } from 'page-kit'
import type { FormEvent, ReactNode } from 'react'
import { useLocation } from 'wouter'
import { apiPath, ecosystems, service, type EcosystemView } from '../api.ts'
import { ecosystemPath } from '../path.ts'

/** Makes an ecosystem and goes there. */
export function NewEcosystem({ onClose }: { readonly onClose: () => void }): ReactNode {
  const queryClient = useQueryClient()
  const [, go] = useLocation()
  const make = useMutation({
    mutationFn: (body: object) =>
      service.client.send<EcosystemView>('POST', `${apiPath}/ecosystems`, { body }),
    onSuccess({ id }) {
      void queryClient.invalidateQueries(ecosystems)
      go(ecosystemPath(id))
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault()
    make.mutate(formValues(event.currentTarget))
  }
  return (
    <Dialog title="New ecosystem" onClose={onClose}>
      <form className="form" onSubmit={submit}>
        {make.error && <ErrorBanner error={make.error} />}
        <Field
          label="Name"
          name="name"
          required
          maxLength={255}
          problem={problemOf(make.error, 'name')}
        />
        <TextArea
          label="What it is about"
          name="description"
          rows={2}
          problem={problemOf(make.error, 'description')}
        />
        <div className="form-actions">
          <Button kind="plain" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" busy={make.isPending}>
            Make it
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
