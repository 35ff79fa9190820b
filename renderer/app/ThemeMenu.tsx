/** Light, dark, or as the system has it. */
import type { MantineColorScheme } from '@mantine/core'
import { ActionIcon, Menu, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import { IconCheck, IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useCommands } from './commands.ts'

const themes: readonly {
  readonly scheme: MantineColorScheme
  readonly label: string
  readonly icon: typeof IconSun
}[] = [
  { scheme: 'light', label: 'Light', icon: IconSun },
  { scheme: 'dark', label: 'Dark', icon: IconMoon },
  { scheme: 'auto', label: 'As the system', icon: IconDeviceDesktop },
]

export function ThemeMenu() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const shown = useComputedColorScheme('light')
  const ShownIcon = shown === 'dark' ? IconMoon : IconSun
  useCommands(
    useMemo(
      () => [
        {
          id: 'toggle-theme',
          label: shown === 'dark' ? 'Switch to the light theme' : 'Switch to the dark theme',
          group: 'Settings' as const,
          keywords: 'toggle theme colour mode night',
          run: () => setColorScheme(shown === 'dark' ? 'light' : 'dark'),
        },
        {
          id: 'system-theme',
          label: 'Use the theme of the system',
          group: 'Settings' as const,
          keywords: 'theme auto',
          run: () => setColorScheme('auto'),
        },
      ],
      [shown, setColorScheme],
    ),
  )
  return (
    <Menu position="bottom-end" shadow="md" width={180}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={30} aria-label="Theme">
          <ShownIcon size={18} stroke={1.6} aria-hidden="true" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {themes.map(({ scheme, label, icon: ThemeIcon }) => (
          <Menu.Item
            key={scheme}
            leftSection={<ThemeIcon size={16} aria-hidden="true" />}
            rightSection={scheme === colorScheme && <IconCheck size={14} aria-label="chosen" />}
            onClick={() => setColorScheme(scheme)}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
