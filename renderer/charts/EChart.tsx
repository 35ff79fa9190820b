/** Draws an option of ECharts into a box, and draws anew when the option or the box changes. */
import type { Ref } from 'react'
import { useEffect, useImperativeHandle, useRef } from 'react'
import type { ECharts, EChartsCoreOption } from './echarts-parts.ts'
import { init } from './echarts-parts.ts'

/** A pending frame finds its chart when the chart outlives its box by this long, in ms. */
const OUTLIVES_MS = 100

/** Pixels of a picture per pixel of the screen. */
const PICTURE_SCALE = 2

/** What else may be asked of a drawn chart. */
export interface EChartHandle {
  /** A picture of what is drawn; null before anything is. */
  canvas(background: string): HTMLCanvasElement | null
}

export interface EChartProps {
  readonly option: EChartsCoreOption
  readonly widthPx: number
  readonly heightPx: number
  readonly ref: Ref<EChartHandle>
}

/** Not for screen readers: whoever shows a chart says in words what is seen. */
export function EChart({ option, widthPx, heightPx, ref }: EChartProps) {
  const box = useRef<HTMLDivElement>(null)
  const chart = useRef<ECharts>(null)
  useEffect(() => {
    const outer = box.current
    if (outer === null) return
    // Each chart gets a box of its own: the one before may still be there for a moment.
    const inner = document.createElement('div')
    inner.style.width = '100%'
    inner.style.height = '100%'
    outer.append(inner)
    const made = init(inner, null, { renderer: 'canvas', width: outer.clientWidth, height: outer.clientHeight })
    chart.current = made
    return () => {
      chart.current = null
      inner.remove()
      setTimeout(() => made.dispose(), OUTLIVES_MS)
    }
  }, [])
  useEffect(() => {
    chart.current?.resize({ width: widthPx, height: heightPx })
  }, [widthPx, heightPx])
  useEffect(() => {
    chart.current?.setOption(option, { notMerge: true })
  }, [option])
  useImperativeHandle(ref, () => ({
    canvas: (background) =>
      chart.current?.renderToCanvas({ pixelRatio: PICTURE_SCALE, backgroundColor: background }) ?? null,
  }))
  return <div ref={box} aria-hidden="true" style={{ width: widthPx, height: heightPx }} />
}
