/** Starts the interface in the page. */
import '@mantine/core/styles.css'
import '@mantine/notifications/styles.css'
import '@mantine/spotlight/styles.css'
import './app/tokens.css'
import './app/global.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import * as z from 'zod'
import { App } from './app/App.tsx'
import { followDocument } from './app/document-glance.ts'
import { tellHostNews } from './app/host-news.ts'
import { connectHost } from './host-client/host.ts'
import { useLibrary } from './stores/library-store.ts'
import { useRuns } from './stores/runs-store.ts'

// zod would compile its checks with `new Function`, which the page's content security policy forbids.
z.config({ jitless: true })

tellHostNews()
connectHost()
void useLibrary.getState().load()
void useRuns.getState().load()

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
}
void followDocument()
