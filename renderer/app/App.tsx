/** The whole interface: theme, messages, and the frame with its screen. */
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { Frame } from './Frame.tsx'
import { cssVariables, theme } from './theme.ts'

const colorSchemes = localStorageColorSchemeManager({ key: 'headroom-theme' })

/** Messages at once; more wait. */
const MESSAGES_MAX = 4

/** The nonce that the content security policy of this page allows styles by. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[name="style-nonce"]')?.content ?? ''
}

export function App() {
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      defaultColorScheme="auto"
      colorSchemeManager={colorSchemes}
      getStyleNonce={styleNonce}
    >
      <Notifications position="bottom-right" limit={MESSAGES_MAX} containerWidth={400} />
      <Frame />
    </MantineProvider>
  )
}
