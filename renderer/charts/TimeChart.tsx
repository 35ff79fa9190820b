/** A chart over simulated time, with legend, shared crosshair and zoom, and its figures as picture, file and table. */
import { useComputedColorScheme } from '@mantine/core'
import { useElementSize } from '@mantine/hooks'
import { useId, useMemo, useRef, useState } from 'react'
import type { HappeningResult } from '../../sim-core/analysis/study-result.ts'
import { csvText } from '../../sim-core/analysis/csv-text.ts'
import { figureWords } from '../widgets/figure-text.ts'
import { seriesColour } from '../widgets/series-colour.ts'
import { axisUnit } from './axis-values.ts'
import { chartOption, lineStyles, PLOT, plotTop } from './chart-model.ts'
import { chartPicture } from './chart-picture.ts'
import { chartCells } from './chart-rows.ts'
import { chartSentence } from './chart-sentence.ts'
import { useZoom, zoomTo } from './chart-group-store.ts'
import type { ChartContent, TimeSpan } from './chart-types.ts'
import { ChartMenu } from './ChartMenu.tsx'
import { ChartHead } from './ChartHead.tsx'
import type { PlotBox } from './ChartSurface.tsx'
import { ChartSurface } from './ChartSurface.tsx'
import { ChartTable } from './ChartTable.tsx'
import { ChartTooltip } from './ChartTooltip.tsx'
import { EChart } from './EChart.tsx'
import type { EChartHandle } from './EChart.tsx'
import { LegendTable } from './LegendTable.tsx'
import { fileNameOf, saveFile } from './save-file.ts'
import { spanInView, wholeSpan } from './series-figures.ts'
import { valueAt } from './series-window.ts'
import styles from './TimeChart.module.css'
import { useChartPalette } from './use-chart-palette.ts'

/** Events as near to the crosshair as this share of the span are told beside it. */
const EVENT_NEAR_SHARE = 1 / 120

export interface TimeChartProps extends ChartContent {
  /** Of the plot, in px; title and legend come on top. */
  readonly height: number
  /** Charts of one group share crosshair and zoom. */
  readonly group: string
  /** Series still grow: the words for screen readers are left alone until the end. */
  readonly streaming?: boolean
  /** What the reader must know of every figure: `not converged`, `single run`, `partial`. It goes into files, too. */
  readonly quality?: string
  /** What it is a chart of, in exports: `Black Friday, run #41`. */
  readonly source?: string
  /** Without the table of series, where there is one only, or no room. */
  readonly compact?: boolean
}

const NOTHING_HIDDEN: ReadonlySet<string> = new Set()

export function TimeChart(props: TimeChartProps) {
  const { title, height, group, quality = '', source = '', streaming = false, compact = false } = props
  const content = useContent(props)
  const { ref, width } = useElementSize<HTMLDivElement>()
  const [hidden, setHidden] = useState(NOTHING_HIDDEN)
  const [tableShown, setTableShown] = useState(false)
  const chart = useRef<EChartHandle>(null)
  const sentenceId = useId()
  const { palette, lines, span, whole, zoomed, option } = useScene(content, group, hidden, width, height)
  const sentence = useMemo(
    () => (streaming ? `${title}, live.` : chartSentence(content, span)),
    [content, span, streaming, title],
  )
  const shown = content.series.filter(({ id }) => !hidden.has(id))
  const savePicture = async (): Promise<void> => {
    const canvas = chart.current?.canvas(palette.surface)
    if (canvas === null || canvas === undefined) return
    const legend = shown.map(({ id, label }) => ({ text: label, style: lines.get(id)! }))
    const subtitle = [source, quality].filter((part) => part !== '').join(', ')
    const picture = await chartPicture({ title, subtitle, canvas, widthPx: width, heightPx: height, legend, palette })
    saveFile(`${fileNameOf(source, title)}.png`, picture, 'image/png')
  }
  return (
    <figure className={styles['chart']}>
      <ChartHead title={title} note={noteOf(content)} quality={quality}>
        <ChartMenu
          title={title}
          onReset={zoomed ? () => zoomTo(group, null) : undefined}
          onPicture={() => void savePicture()}
          onCsv={() =>
            saveFile(`${fileNameOf(source, title)}.csv`, csvText(chartCells(content, span, quality)), 'text/csv')
          }
          onTable={() => setTableShown(true)}
        />
      </ChartHead>
      <p id={sentenceId} className={styles['sentence']}>
        {sentence}
      </p>
      <div ref={ref} className={styles['plot']} style={{ height }}>
        {width > 0 && <EChart ref={chart} option={option} widthPx={width} heightPx={height} />}
        {width > 0 && (
          <ChartSurface
            group={group}
            label={title}
            describedBy={sentenceId}
            span={span}
            whole={whole}
            box={plotBox(content, width, height)}
            wordsAt={(seconds) =>
              shown.map((each) => `${each.label} ${figureWords(valueAt(each, seconds), content.unit)}`).join(', ')
            }
            renderTooltip={(seconds) => (
              <ChartTooltip
                seconds={seconds}
                unit={content.unit}
                series={shown}
                lines={lines}
                events={eventsNear(content, span, seconds)}
              />
            )}
          />
        )}
      </div>
      {!compact && <LegendTable content={content} span={span} lines={lines} hidden={hidden} onHide={setHidden} />}
      {tableShown && (
        <ChartTable content={content} span={span} sentence={sentence} onClose={() => setTableShown(false)} />
      )}
    </figure>
  )
}

/** Everything that is drawn, worked out anew only when something it depends on changes. */
function useScene(
  content: ChartContent,
  group: string,
  hidden: ReadonlySet<string>,
  widthPx: number,
  heightPx: number,
) {
  const scheme = useComputedColorScheme('light')
  const palette = useChartPalette()
  const zoom = useZoom(group)
  const whole = useMemo(() => wholeSpan(content), [content])
  const span = useMemo(() => spanInView(zoom, whole), [zoom, whole])
  const colourOf = useMemo(() => (component: string) => seriesColour(component, scheme), [scheme])
  const lines = useMemo(() => lineStyles(content.series, colourOf), [content.series, colourOf])
  const option = useMemo(
    () => chartOption(content, { span, hidden, widthPx, heightPx, palette, colourOf }),
    [content, span, hidden, widthPx, heightPx, palette, colourOf],
  )
  return { palette, lines, span, whole, zoomed: zoom !== null, option }
}

function plotBox(content: ChartContent, widthPx: number, heightPx: number): PlotBox {
  const topPx = plotTop(content)
  return {
    leftPx: PLOT.left,
    topPx,
    widthPx: Math.max(1, widthPx - PLOT.left - PLOT.right),
    heightPx: heightPx - topPx - PLOT.bottom,
  }
}

function eventsNear({ events = [] }: ChartContent, { fromS, toS }: TimeSpan, seconds: number): HappeningResult[] {
  return events.filter(({ at_s: atS }) => Math.abs(atS - seconds) < (toS - fromS) * EVENT_NEAR_SHARE)
}

/** The unit where the ticks do not tell it, and what kind of axis it is. */
function noteOf({ unit, logarithmic }: ChartContent): string {
  return [axisUnit(unit), ...(logarithmic === true ? ['logarithmic'] : [])].filter((word) => word !== '').join(', ')
}

/** The same object for as long as its parts are the same: everything drawn derives from it. */
function useContent({ title, unit, series, target, warmupS, events, logarithmic, endS }: ChartContent): ChartContent {
  const [targetValue, targetLabel] = [target?.value, target?.label]
  return useMemo(
    () => ({
      title,
      unit,
      series,
      ...(targetValue === undefined ? {} : { target: { value: targetValue, label: targetLabel ?? '' } }),
      ...(warmupS === undefined ? {} : { warmupS }),
      ...(events === undefined ? {} : { events }),
      ...(logarithmic === undefined ? {} : { logarithmic }),
      ...(endS === undefined ? {} : { endS }),
    }),
    [title, unit, series, targetValue, targetLabel, warmupS, events, logarithmic, endS],
  )
}
