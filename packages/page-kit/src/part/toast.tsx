import { createContext, useCallback, useContext, useRef, useState, type ReactNode } from 'react'

const shownMs = 6_000

const ToastContext = createContext<(text: string) => void>(() => {})

/** Says in passing that something was done: `const say = useToast()`. */
export function useToast(): (text: string) => void {
  return useContext(ToastContext)
}

/** Shows the toasts of what is inside. */
export function Toasts({ children }: { readonly children: ReactNode }): ReactNode {
  const [toasts, setToasts] = useState<readonly { readonly id: number; readonly text: string }[]>(
    [],
  )
  const next = useRef(0)
  const say = useCallback((text: string) => {
    const id = next.current++
    setToasts((shown) => [...shown, { id, text }])
    setTimeout(() => setToasts((shown) => shown.filter((toast) => toast.id !== id)), shownMs)
  }, [])
  return (
    <ToastContext value={say}>
      {children}
      <div className="toasts" role="status">
        {toasts.map(({ id, text }) => (
          <div className="toast" key={id}>
            {text}
          </div>
        ))}
      </div>
    </ToastContext>
  )
}
