/** How busy everything was over time, as a map of colours; rows are components or their stations. */
import { useId, useMemo, useRef, useState } from 'react'
import { csvText } from '../../sim-core/analysis/csv-text.ts'
import { figureWords } from '../widgets/figure-text.ts'
import { UTILISATION_MARKS, utilisationStops } from '../widgets/utilisation-ramp.ts'
import { useZoom, zoomTo } from './chart-group-store.ts'
import { ChartHead } from './ChartHead.tsx'
import { ChartMenu } from './ChartMenu.tsx'
import { chartPicture } from './chart-picture.ts'
import { chartCells } from './chart-rows.ts'
import { ChartTable } from './ChartTable.tsx'
import type { ChartContent } from './chart-types.ts'
import type { HeatRow } from './heat-model.ts'
import { busiest } from './heat-model.ts'
import styles from './HeatMap.module.css'
import type { HeatPlotHandle } from './HeatPlot.tsx'
import { HEAT_ROW_PX, HeatPlot } from './HeatPlot.tsx'
import { fileNameOf, saveFile } from './save-file.ts'
import { spanInView, wholeSpan } from './series-figures.ts'
import { instantText } from './time-axis.ts'
import { useChartPalette } from './use-chart-palette.ts'

export interface HeatMapProps {
  readonly title: string
  readonly rows: readonly HeatRow[]
  /** Shares crosshair and zoom with the charts of the same group. */
  readonly group: string
  /** As of `TimeChart`. */
  readonly quality?: string
  readonly source?: string
}

export function HeatMap({ title, rows, group, quality = '', source = '' }: HeatMapProps) {
  const content = useMemo<ChartContent>(
    () => ({ title, unit: 'ratio', series: rows.map(({ id, label, x, y }) => ({ id, label, colourOf: id, x, y })) }),
    [title, rows],
  )
  const [tableShown, setTableShown] = useState(false)
  const plot = useRef<HeatPlotHandle>(null)
  const palette = useChartPalette()
  const sentenceId = useId()
  const zoom = useZoom(group)
  const whole = useMemo(() => wholeSpan(content), [content])
  const span = useMemo(() => spanInView(zoom, whole), [zoom, whole])
  const sentence = useMemo(() => heatSentence(rows), [rows])
  const savePicture = async (): Promise<void> => {
    const drawn = plot.current?.picture(palette)
    if (drawn === undefined) return
    const subtitle = [source, quality].filter((part) => part !== '').join(', ')
    const picture = await chartPicture({ title, subtitle, ...drawn, legend: [], palette })
    saveFile(`${fileNameOf(source, title)}.png`, picture, 'image/png')
  }
  const saveFigures = (): void =>
    saveFile(`${fileNameOf(source, title)}.csv`, csvText(chartCells(content, span, quality)), 'text/csv')
  return (
    <figure className={styles['chart']}>
      <ChartHead title={title} quality={quality}>
        <RampLegend />
        <ChartMenu
          title={title}
          onReset={zoom === null ? undefined : () => zoomTo(group, null)}
          onPicture={() => void savePicture()}
          onCsv={saveFigures}
          onTable={() => setTableShown(true)}
        />
      </ChartHead>
      <p id={sentenceId} className={styles['sentence']}>
        {sentence}
      </p>
      <div className={styles['body']}>
        <div className={styles['names']} aria-hidden="true">
          {rows.map(({ id, label }) => (
            <span key={id} style={{ height: HEAT_ROW_PX, lineHeight: `${HEAT_ROW_PX}px` }} title={label}>
              {label}
            </span>
          ))}
        </div>
        <HeatPlot
          ref={plot}
          title={title}
          rows={rows}
          group={group}
          span={span}
          whole={whole}
          describedBy={sentenceId}
        />
      </div>
      {tableShown && (
        <ChartTable content={content} span={span} sentence={sentence} onClose={() => setTableShown(false)} />
      )}
    </figure>
  )
}

function RampLegend() {
  const marks = UTILISATION_MARKS.map((mark) => figureWords(mark, 'ratio')).join(' and ')
  return (
    <span className={styles['legend']} title={`Marks at ${marks}`}>
      0 %
      <span
        className={styles['ramp']}
        style={{ background: `linear-gradient(to right, ${utilisationStops(9).join(', ')})` }}
      >
        {UTILISATION_MARKS.map((mark) => (
          <span key={mark} className={styles['mark']} style={{ left: `${mark * 100}%` }} />
        ))}
      </span>
      100 %
    </span>
  )
}

function heatSentence(rows: readonly HeatRow[]): string {
  const top = busiest(rows)
  if (top === null) return 'Nothing was measured.'
  return `${top.row.label} is the busiest: ${figureWords(top.value, 'ratio')} at ${instantText(top.atS)}.`
}
