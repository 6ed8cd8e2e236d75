import { useEffect, useId, useRef, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { ErrorBanner } from './banner.tsx'

/** A dialog over the page; Escape and its own buttons close it. Mount it to open it. */
export function Dialog({
  title,
  onClose,
  children,
}: {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
}): ReactNode {
  const id = useId()
  const ref = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const dialog = ref.current
    dialog?.showModal()
    // Closing gives the focus back to what opened it.
    return () => dialog?.close()
  }, [])
  return (
    <dialog ref={ref} className="dialog" aria-labelledby={id} onClose={onClose}>
      <div className="dialog-body">
        <h2 id={id}>{title}</h2>
        {children}
      </div>
    </dialog>
  )
}

/** Asks before something that matters is done, and stays open when it fails. */
export function Confirm({
  title,
  action,
  danger = false,
  busy,
  error,
  onConfirm,
  onClose,
  children,
}: {
  readonly title: string
  /** What the button does, in words. */
  readonly action: string
  readonly danger?: boolean
  readonly busy: boolean
  readonly error: Error | null
  readonly onConfirm: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}): ReactNode {
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      {error && <ErrorBanner error={error} />}
      <div className="form-actions">
        <Button kind="plain" onClick={onClose}>
          Cancel
        </Button>
        <Button kind={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm}>
          {action}
        </Button>
      </div>
    </Dialog>
  )
}
