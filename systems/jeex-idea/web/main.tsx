import 'page-kit/style.css'
import './style.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { Toasts } from 'page-kit'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { queryClient } from './api.ts'
import { App } from './app.tsx'

createRoot(document.querySelector('#root') as Element).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <Toasts>
        <App />
      </Toasts>
    </QueryClientProvider>
  </StrictMode>,
)
