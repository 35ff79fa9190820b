/** Follows something that changes often at a slower pace. */
import { useEffect, useRef, useState } from 'react'

/**
 * The value as it was at the last look; looks come every `everyMs`, the first after `offsetMs`. While it is off, the value
 * itself.
 */
export function useSampled<T>(value: T, isOn: boolean, everyMs: number, offsetMs: number): T {
  const [sampled, setSampled] = useState(value)
  const latest = useRef(value)
  useEffect(() => {
    latest.current = value
  })
  useEffect(() => {
    if (!isOn) return
    let timer: ReturnType<typeof setTimeout>
    const look = (): void => {
      setSampled(latest.current)
      timer = setTimeout(look, everyMs)
    }
    timer = setTimeout(look, offsetMs)
    return () => clearTimeout(timer)
  }, [isOn, everyMs, offsetMs])
  return isOn ? sampled : value
}
