/** The top line: product, scenario, whether it is saved, and what is at hand everywhere. */
import { Kbd, UnstyledButton } from '@mantine/core'
import { spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import styles from './Header.module.css'
import { HostState } from './HostState.tsx'
import { modifierKey } from './keys.ts'
import { ProductMark } from './ProductMark.tsx'
import { SavedText } from './SavedText.tsx'
import { ScenarioMenu } from './ScenarioMenu.tsx'
import { goTo } from './screens.ts'
import { ThemeMenu } from './ThemeMenu.tsx'

export function Header() {
  return (
    <header className={styles['header']}>
      <UnstyledButton
        className={styles['product']}
        onClick={() => goTo('library')}
        aria-label="Headroom, to the library"
      >
        <ProductMark />
        <span className={styles['productName']}>Headroom</span>
      </UnstyledButton>
      <span className={styles['separator']} aria-hidden="true" />
      <ScenarioMenu />
      <SavedText />
      <span className={styles['space']} />
      <UnstyledButton className={styles['palette']} onClick={() => spotlight.open()}>
        <IconSearch size={14} aria-hidden="true" />
        <span className={styles['paletteText']}>Search or do</span>
        <Kbd size="xs">{modifierKey} K</Kbd>
      </UnstyledButton>
      <ThemeMenu />
      <HostState />
    </header>
  )
}
