import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { StrictMode, type ReactNode } from 'react'
import { createRoot } from 'react-dom/client'
import { Toasts } from './part/toast.tsx'

/** Puts the pages into the document. */
export function mount(pages: ReactNode, queryClient: QueryClient): void {
  createRoot(document.querySelector('#root') as Element).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <Toasts>{pages}</Toasts>
      </QueryClientProvider>
    </StrictMode>,
  )
}
