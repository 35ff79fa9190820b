/** The colours of the present theme as a canvas wants them. */
import { useComputedColorScheme } from '@mantine/core'
import { useMemo } from 'react'
import type { ChartPalette } from './chart-types.ts'

/** Read anew when the theme changes. */
export function useChartPalette(): ChartPalette {
  const scheme = useComputedColorScheme('light')
  return useMemo(() => readPalette(scheme), [scheme])
}

function readPalette(scheme: 'light' | 'dark'): ChartPalette {
  const computed = getComputedStyle(document.documentElement)
  const token = (name: string): string => computed.getPropertyValue(name).trim()
  return {
    text: token('--hr-text'),
    dimmed: token('--hr-text-dim'),
    grid: token('--hr-border'),
    surface: token('--hr-surface'),
    target: token('--hr-red'),
    flag: token('--hr-border-strong'),
    shade: scheme === 'dark' ? 'rgba(255, 255, 255, 0.05)' : 'rgba(20, 27, 45, 0.05)',
    fontFamily: getComputedStyle(document.body).fontFamily,
  }
}
