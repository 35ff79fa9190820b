/** Starts the interface in the page. */
import '@mantine/core/styles.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import * as z from 'zod'
import { App } from './app/App.tsx'

// zod would compile its checks with `new Function`, which the page's content security policy forbids.
z.config({ jitless: true })

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
