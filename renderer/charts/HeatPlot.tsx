/** The cells of a heat map with their time axis, and what the pointer finds there. */
import { useElementSize } from '@mantine/hooks'
import type { Ref } from 'react'
import { useEffect, useImperativeHandle, useRef } from 'react'
import { figureWords } from '../widgets/figure-text.ts'
import { UTILISATION_MARKS, utilisationColour, utilisationStops } from '../widgets/utilisation-ramp.ts'
import { ChartSurface } from './ChartSurface.tsx'
import type { ChartPalette, TimeSpan } from './chart-types.ts'
import type { HeatRow } from './heat-model.ts'
import { heatCells, heatColumns } from './heat-model.ts'
import styles from './HeatMap.module.css'
import { valueAt } from './series-window.ts'
import { instantText, tickText, timeTicks } from './time-axis.ts'

export const HEAT_ROW_PX = 20

/** Room for names in pictures, in px. */
const LABEL_PX = 160

/** Room for the time axis and the scale in pictures, and the width of the scale, in px. */
const FOOT_PX = 48
const SCALE_PX = 120

/** Pixels of a picture per pixel of the screen. */
const PICTURE_SCALE = 2

/** Rows told when the pointer is elsewhere. */
const TOLD = 3

/** What else may be asked of a drawn map. */
export interface HeatPlotHandle {
  readonly picture: (palette: ChartPalette) => HeatPicture | undefined
}

interface HeatPicture {
  readonly canvas: HTMLCanvasElement
  readonly widthPx: number
  readonly heightPx: number
}

export interface HeatPlotProps {
  readonly title: string
  readonly rows: readonly HeatRow[]
  readonly group: string
  readonly span: TimeSpan
  readonly whole: TimeSpan
  readonly describedBy: string
  readonly ref: Ref<HeatPlotHandle>
}

export function HeatPlot({ title, rows, group, span, whole, describedBy, ref }: HeatPlotProps) {
  const { ref: box, width } = useElementSize<HTMLDivElement>()
  const canvas = useRef<HTMLCanvasElement>(null)
  const heightPx = Math.max(1, rows.length) * HEAT_ROW_PX
  useEffect(() => {
    if (canvas.current !== null && width > 0) drawCells(canvas.current, rows, span, width)
  }, [rows, span, width])
  useImperativeHandle(ref, () => ({
    picture: (palette) =>
      canvas.current === null
        ? undefined
        : {
            canvas: withNames(canvas.current, rows, span, width, palette),
            widthPx: width + LABEL_PX,
            heightPx: heightPx + FOOT_PX,
          },
  }))
  return (
    <div ref={box} className={styles['plot']}>
      <canvas ref={canvas} className={styles['canvas']} style={{ height: heightPx }} aria-hidden="true" />
      {width > 0 && (
        <ChartSurface
          group={group}
          label={title}
          describedBy={describedBy}
          span={span}
          whole={whole}
          box={{ leftPx: 0, topPx: 0, widthPx: width, heightPx }}
          wordsAt={(seconds) =>
            rows.map((row) => `${row.label} ${figureWords(valueAt(row, seconds), 'ratio')}`).join(', ')
          }
          renderTooltip={(seconds, pointerY) => <HeatTooltip rows={rows} seconds={seconds} pointerY={pointerY} />}
        />
      )}
      <div className={styles['axis']} aria-hidden="true">
        {timeTicks(span, width).map((tick) => (
          <span
            key={tick}
            data-edge={tick >= span.toS}
            style={{ left: `${((tick - span.fromS) / (span.toS - span.fromS)) * 100}%` }}
          >
            {tickText(tick, span)}
          </span>
        ))}
      </div>
    </div>
  )
}

/** The row under the pointer, else the busiest ones. */
function HeatTooltip({
  rows,
  seconds,
  pointerY,
}: {
  readonly rows: readonly HeatRow[]
  readonly seconds: number
  readonly pointerY: number | null
}) {
  const pointed = pointerY === null ? undefined : rows[Math.floor(pointerY / HEAT_ROW_PX)]
  const told = pointed === undefined ? rows.slice(0, TOLD) : [pointed]
  return (
    <>
      <strong>{instantText(seconds)}</strong>
      {told.map((row) => (
        <div key={row.id}>
          {row.label}: {figureWords(valueAt(row, seconds), 'ratio')} busy
        </div>
      ))}
    </>
  )
}

/** One pixel per cell; the browser stretches them. */
function drawCells(canvas: HTMLCanvasElement, rows: readonly HeatRow[], span: TimeSpan, widthPx: number): void {
  const columns = heatColumns(rows, span, widthPx)
  const cells = heatCells(rows, span, columns)
  canvas.width = columns
  canvas.height = Math.max(1, rows.length)
  const pen = canvas.getContext('2d')
  if (pen === null) return
  for (const [at, value] of cells.entries()) {
    if (Number.isNaN(value)) continue
    pen.fillStyle = utilisationColour(value).fill
    pen.fillRect(at % columns, Math.floor(at / columns), 1, 1)
  }
}

/** The map with the names of its rows, its time axis and its scale. */
function withNames(
  cells: HTMLCanvasElement,
  rows: readonly HeatRow[],
  span: TimeSpan,
  widthPx: number,
  { text, dimmed, fontFamily }: ChartPalette,
): HTMLCanvasElement {
  const heightPx = rows.length * HEAT_ROW_PX
  const canvas = document.createElement('canvas')
  canvas.width = (widthPx + LABEL_PX) * PICTURE_SCALE
  canvas.height = (heightPx + FOOT_PX) * PICTURE_SCALE
  const pen = canvas.getContext('2d')
  if (pen === null) return canvas
  pen.scale(PICTURE_SCALE, PICTURE_SCALE)
  pen.imageSmoothingEnabled = false
  pen.drawImage(cells, LABEL_PX, 0, widthPx, heightPx)
  pen.fillStyle = text
  pen.font = `12px ${fontFamily}`
  pen.textBaseline = 'middle'
  for (const [index, { label }] of rows.entries()) pen.fillText(label, 0, (index + 0.5) * HEAT_ROW_PX, LABEL_PX - 8)
  pen.fillStyle = dimmed
  for (const tick of timeTicks(span, widthPx)) {
    pen.textAlign = tick >= span.toS ? 'right' : 'center'
    pen.fillText(
      tickText(tick, span),
      LABEL_PX + ((tick - span.fromS) / (span.toS - span.fromS)) * widthPx,
      heightPx + 12,
    )
  }
  drawScale(pen, heightPx + 34, dimmed)
  return canvas
}

/** What the colours mean, with the marks. */
function drawScale(pen: CanvasRenderingContext2D, y: number, dimmed: string): void {
  const colours = utilisationStops(SCALE_PX)
  for (const [index, colour] of colours.entries()) {
    pen.fillStyle = colour
    pen.fillRect(LABEL_PX + index, y - 4, 1, 8)
  }
  pen.textAlign = 'left'
  pen.fillStyle = dimmed
  const marks = UTILISATION_MARKS.map((mark) => figureWords(mark, 'ratio')).join(' and ')
  for (const mark of UTILISATION_MARKS) pen.fillRect(LABEL_PX + mark * SCALE_PX, y - 6, 2, 12)
  pen.fillText(`0 to 100 % busy, marks at ${marks}`, LABEL_PX + SCALE_PX + 8, y)
}
