/** A run as it happens: the system on the canvas, its figures, its charts, and what happened. */
import { useMemo, useState } from 'react'
import type { LiveRun } from '../../../host/contract/live-run.ts'
import { TopologyCanvas } from '../../canvas/TopologyCanvas.tsx'
import { TimeChart } from '../../charts/TimeChart.tsx'
import { useDocument } from '../../stores/document-store.ts'
import { isUnderWay } from '../../widgets/run-words.ts'
import { clockText } from '../../widgets/time-text.ts'
import { UtilisationLegend } from './UtilisationLegend.tsx'
import { FaultPanel } from './FaultPanel.tsx'
import { faultTargets } from './fault-targets.ts'
import type { LiveChartId } from './live-charts.ts'
import { liveChart, liveChartIds } from './live-charts.ts'
import { canvasFigures } from './live-figures.ts'
import { liveEndpoints, liveTiles } from './live-tiles.ts'
import { LiveEndpoints, LiveTiles } from './LiveTiles.tsx'
import styles from './LiveRunPanes.module.css'
import type { RunningScenario, ShownRun } from './shown-run.ts'
import { useSampled } from './use-sampled.ts'

/** Height of the plot of one chart, in px. */
const CHART_HEIGHT = 150

/** How often each chart is drawn, in ms. The canvas and the figures follow every picture. */
const CHART_EVERY_MS = 500

/** The latest events that the list shows. */
const EVENTS_SHOWN = 50

export interface LiveRunPanesProps {
  readonly shown: ShownRun
  readonly live: LiveRun
  readonly running: RunningScenario
}

export function LiveRunPanes({ shown, live, running }: LiveRunPanesProps) {
  const { summary, record } = shown
  const isLive = isUnderWay(summary.status)
  const [selection, setSelection] = useState<string | null>(null)
  const layout = useDocument((state) => state.layout)
  const figures = useMemo(() => canvasFigures(running.topology, live), [running.topology, live])
  const tiles = useMemo(() => liveTiles(live, running.scenario), [live, running.scenario])
  const endpoints = useMemo(() => liveEndpoints(live, running.scenario), [live, running.scenario])
  const targets = useMemo(() => faultTargets(running.document), [running.document])
  return (
    <div className={styles['panes']}>
      <div className={styles['left']}>
        <div className={styles['canvas']}>
          <div className={styles['graph']}>
            <TopologyCanvas
              topology={running.topology}
              layout={layout}
              mode="live"
              figures={figures.nodes}
              edgeFigures={figures.edges}
              selection={selection}
              onSelect={setSelection}
              label="The system as it runs"
            />
          </div>
          <UtilisationLegend />
        </div>
        {isLive && <FaultPanel runId={summary.id} targets={targets} injected={record?.injectedFaults ?? []} />}
        <LiveEvents live={live} />
      </div>
      <div className={styles['right']}>
        <LiveTiles tiles={tiles} />
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- What scrolls must be in reach of the keyboard. */}
        <section className={styles['endpoints']} aria-label="Endpoints" tabIndex={0}>
          <LiveEndpoints endpoints={endpoints} />
        </section>
        {liveChartIds.map((id, index) => (
          <LiveChart key={id} id={id} turn={index} shown={shown} live={live} running={running} />
        ))}
      </div>
    </div>
  )
}

interface LiveChartProps extends LiveRunPanesProps {
  readonly id: LiveChartId
  /** Its place among the charts: they take turns, so that no frame draws them all. */
  readonly turn: number
}

function LiveChart({ id, turn, shown: { summary }, live, running }: LiveChartProps) {
  const isLive = isUnderWay(summary.status)
  const sampled = useSampled(live, isLive, CHART_EVERY_MS, (turn * CHART_EVERY_MS) / liveChartIds.length)
  const content = useMemo(() => liveChart(id, sampled, running.scenario), [id, sampled, running.scenario])
  return (
    <div className={styles['card']}>
      <TimeChart
        {...content}
        height={CHART_HEIGHT}
        group="run"
        streaming={isLive}
        source={`${summary.scenarioName}, run #${summary.number}`}
        quality={isLive ? 'live, one replication' : 'one replication'}
      />
    </div>
  )
}

function LiveEvents({ live }: { readonly live: LiveRun }) {
  const latest = live.happenings.slice(-EVENTS_SHOWN).toReversed()
  return (
    <section className={styles['events']} aria-label="What happened, the latest first">
      <h2 className={styles['heading']}>What happened</h2>
      {latest.length === 0 ? (
        <p className={styles['none']}>Scaling, faults and breakers will be listed here.</p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- A list that scrolls must be in reach of the keyboard.
        <ol className={styles['list']} tabIndex={0}>
          {latest.map(({ at_s, component, kind, text }, index) => (
            <li key={live.happenings.length - index}>
              <span className={styles['at']}>{clockText(at_s)}</span> <strong>{component}</strong>{' '}
              <span className={styles['kind']}>{kind}</span> {text}
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}
