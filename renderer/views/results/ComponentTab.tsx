/** What kinds of components add to results: a table of the components, and everything about the picked one. */
import { useMemo } from 'react'
import { catalog } from '../../../sim-core/catalog.ts'
import { QualityMark } from '../../charts/ChartHead.tsx'
import { TimeChart } from '../../charts/TimeChart.tsx'
import { useView } from '../../stores/view-store.ts'
import { chartLines, chartPlans, isFlatZero, sentenceNames, seriesOfPlans, titleOfPlan } from './component-charts.ts'
import { componentColumns, partColumns, stationColumns } from './component-columns.tsx'
import type { ComponentModel, ComponentTabModel, PartGroup } from './component-tab-model.ts'
import { KpiTile } from './KpiTile.tsx'
import { Panel } from './Panel.tsx'
import { ResultTable } from './ResultTable.tsx'
import { SeriesPlace } from './SeriesPlace.tsx'
import styles from './tabs.module.css'
import type { TabProps } from './tab-props.ts'
import { sourceOf } from './tab-props.ts'
import { chartGroup, useRunSeries } from './use-run-series.ts'

const STATION_COLUMNS = stationColumns()

export interface ComponentTabProps extends TabProps {
  readonly tab: ComponentTabModel
}

export function ComponentTab({ record, result, quality, tab }: ComponentTabProps) {
  const asked = useView((state) => state.address.parameters['component'])
  const setAddress = useView((state) => state.set)
  const columns = useMemo(() => componentColumns(tab.components), [tab.components])
  const picked = tab.components.find(({ id }) => id === asked) ?? busiest(tab.components)
  if (picked === undefined) return null
  return (
    <div className={styles['stack']}>
      {tab.components.length > 1 && (
        <Panel title={tab.label} actions={<QualityMark words={quality.words} />}>
          <ResultTable
            label={tab.label}
            rows={tab.components}
            rowId={({ id }) => id}
            columns={columns}
            selected={picked.id}
            onSelect={(component) => setAddress({ component })}
          />
        </Panel>
      )}
      <ComponentDetail key={picked.id} record={record} result={result} quality={quality} component={picked} />
    </div>
  )
}

function busiest(components: readonly ComponentModel[]): ComponentModel | undefined {
  const use = ({ summary }: ComponentModel): number => summary.utilisation.mean ?? -1
  return components.toSorted((a, b) => use(b) - use(a))[0]
}

function ComponentDetail({ record, result, quality, component }: TabProps & { readonly component: ComponentModel }) {
  const { id, kindLabel, whole, parts, stations } = component
  return (
    <>
      <h2 className={styles['subject']}>
        {id} <span className={styles['kind']}>{kindLabel}</span>
      </h2>
      {whole.length > 0 && (
        <ul className={styles['tiles']} aria-label={`Figures of ${id}`}>
          {whole.map(({ id: metric, label, unit, help, estimate }) => (
            <KpiTile key={metric} tile={{ id: metric, label, unit, estimate, help }} quality={quality} />
          ))}
        </ul>
      )}
      <ComponentCharts record={record} result={result} quality={quality} component={component} />
      {parts.map((group, index) => (
        <PartTable key={titleOf(group)} id={id} group={group} isFirst={index === 0} quality={quality} />
      ))}
      {stations.length > 0 && (
        <Panel title="Stations" actions={<QualityMark words={quality.words} />} className={styles['long']}>
          <ResultTable
            label={`Stations of ${id}`}
            rows={stations}
            rowId={(station) => station.id}
            columns={STATION_COLUMNS}
          />
        </Panel>
      )}
    </>
  )
}

interface PartTableProps {
  readonly id: string
  readonly group: PartGroup
  readonly isFirst: boolean
  readonly quality: TabProps['quality']
}

/** The first parts are those that the component is made of; others are called by their names. */
function PartTable({ id, group, isFirst, quality }: PartTableProps) {
  const { parts, metrics } = group
  const columns = useMemo(() => partColumns(metrics), [metrics])
  const title = titleOf(group)
  return (
    <Panel
      title={isFirst ? 'By part' : title}
      actions={<QualityMark words={quality.words} />}
      className={styles['long']}
    >
      <ResultTable
        label={isFirst ? `Parts of ${id}` : `Parts of ${id}: ${title}`}
        rows={parts}
        rowId={({ part }) => part}
        columns={columns}
      />
    </Panel>
  )
}

/** `decile_1 to decile_10` */
function titleOf({ parts }: PartGroup): string {
  const names = parts.map(({ part }) => part)
  return names.length === 1 ? names.join('') : `${names[0]} to ${names.at(-1)}`
}

function ComponentCharts({ record, result, quality, component }: TabProps & { readonly component: ComponentModel }) {
  const { id, summary } = component
  const plans = useMemo(
    () =>
      chartPlans(
        id,
        record.seriesNames,
        catalog.find(({ kind }) => kind === summary.kind),
      ),
    [id, summary.kind, record.seriesNames],
  )
  const names = useMemo(() => seriesOfPlans(plans), [plans])
  const series = useRunSeries(record, names)
  const { columns } = series
  const charts = useMemo(
    () => plans.map((plan) => ({ plan, lines: chartLines(plan, id, columns) })),
    [plans, id, columns],
  )
  const quiet = charts.filter(({ lines }) => isFlatZero(lines)).map(({ plan }) => sentenceNames(plan).toLowerCase())
  const events = useMemo(() => result.timeline.filter((event) => event.component === id), [result.timeline, id])
  if (plans.length === 0) return null
  return (
    <SeriesPlace record={record} series={series}>
      <div className={styles['grid']}>
        {charts
          .filter(({ lines }) => !isFlatZero(lines))
          .map(({ plan, lines }) => (
            <Panel key={plan.id}>
              <TimeChart
                title={titleOfPlan(plan)}
                unit={plan.unit}
                series={lines}
                height={160}
                group={chartGroup(record.summary.id)}
                warmupS={result.series.warmup_s}
                events={events}
                quality={quality.words}
                source={`${sourceOf(record)}, ${id}`}
              />
            </Panel>
          ))}
      </div>
      {quiet.length > 0 && <p className={styles['note']}>Zero throughout: {quiet.join('; ')}.</p>}
    </SeriesPlace>
  )
}
