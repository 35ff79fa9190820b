/** The whole interface: theme, frame, and the screen that the address asks for. */
import { MantineProvider } from '@mantine/core'
import { lazy, Suspense } from 'react'
import type { ViewName } from '../stores/view-store.ts'
import { useView } from '../stores/view-store.ts'
import { theme } from './theme.ts'

/** Each screen comes when it is first shown. */
const screens: Readonly<Record<ViewName, ReturnType<typeof lazy>>> = {
  library: lazy(async () => ({ default: (await import('../views/library/LibraryView.tsx')).LibraryView })),
  design: lazy(async () => ({ default: (await import('../views/design/DesignView.tsx')).DesignView })),
  run: lazy(async () => ({ default: (await import('../views/run/RunView.tsx')).RunView })),
  results: lazy(async () => ({ default: (await import('../views/results/ResultsView.tsx')).ResultsView })),
  compare: lazy(async () => ({ default: (await import('../views/compare/CompareView.tsx')).CompareView })),
}

/** The nonce that the content security policy of this page allows styles by. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''
}

export function App() {
  const Screen = screens[useView((state) => state.address.view)]
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <Suspense>
        <Screen />
      </Suspense>
    </MantineProvider>
  )
}
