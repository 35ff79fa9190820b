/** The way between the screens. */
import { Tooltip, UnstyledButton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand } from '@tabler/icons-react'
import { useSettings } from '../stores/settings-store.ts'
import { useView } from '../stores/view-store.ts'
import styles from './Rail.module.css'
import { goTo, screenNames } from './screens.ts'

/** Narrower windows show icons only, whatever the user set. */
const NARROW = '(max-width: 1100px)'

export function Rail() {
  const shown = useView(({ address }) => address.view)
  const chosen = useSettings(({ railCollapsed }) => railCollapsed)
  const narrow = useMediaQuery(NARROW, matchMedia(NARROW).matches, { getInitialValueInEffect: false })
  const collapsed = narrow || chosen
  const ToggleIcon = chosen ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  const toggleLabel = chosen ? 'Widen' : 'Collapse'
  return (
    <nav className={styles['rail']} aria-label="Screens" data-collapsed={collapsed || undefined}>
      <ul className={styles['list']}>
        {screenNames.map(({ view, label, icon: ScreenIcon }) => (
          <li key={view}>
            <Tooltip label={label} position="right" disabled={!collapsed}>
              <UnstyledButton
                className={styles['entry']}
                aria-label={label}
                aria-current={view === shown ? 'page' : undefined}
                onClick={() => goTo(view)}
              >
                <ScreenIcon size={18} stroke={1.6} aria-hidden="true" />
                {!collapsed && <span>{label}</span>}
              </UnstyledButton>
            </Tooltip>
          </li>
        ))}
      </ul>
      {!narrow && (
        <Tooltip label={toggleLabel} position="right" disabled={!collapsed}>
          <UnstyledButton
            className={styles['toggle']}
            aria-label={`${toggleLabel} the list of screens`}
            onClick={() => useSettings.getState().toggleRail()}
          >
            <ToggleIcon size={18} stroke={1.6} aria-hidden="true" />
            {!collapsed && <span>{toggleLabel}</span>}
          </UnstyledButton>
        </Tooltip>
      )}
    </nav>
  )
}
