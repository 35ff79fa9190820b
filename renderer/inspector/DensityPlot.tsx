/** The picture of a distribution: its curve, its atoms, and its figures. */
import { useElementSize } from '@mantine/hooks'
import { useMemo } from 'react'
import type { DistributionSpec } from '../../sim-core/distributions/registry.ts'
import type { DistributedQuantity } from '../../sim-core/language/units.ts'
import type { DensityPicture, PictureOptions } from './density-picture.ts'
import { densityPicture } from './density-picture.ts'
import styles from './DensityPlot.module.css'
import { quantityWords } from './figure-of-quantity.ts'

interface DensityPlotProps {
  readonly spec: DistributionSpec
  readonly quantity: DistributedQuantity
  readonly options: PictureOptions
}

const HEIGHT = 92
const TOP = 6
const DEFAULT_WIDTH = 300

export function DensityPlot({ spec, quantity, options }: DensityPlotProps) {
  const { ref, width: measured } = useElementSize<HTMLElement>()
  const { curve, isLogarithmic } = options
  const picture = useMemo(() => densityPicture(spec, { curve, isLogarithmic }), [spec, curve, isLogarithmic])
  const width = measured > 0 ? measured : DEFAULT_WIDTH
  const x = (value: number): number => shareOf(value, picture) * width
  const words = picture.marks.map(({ id, value }) => `${id} ${quantityWords(value, quantity)}`).join(', ')
  return (
    <figure
      ref={ref}
      className={styles['plot']}
      aria-label={`${curve === 'density' ? 'Density' : 'Distribution function'}: ${words}`}
    >
      <svg width={width} height={HEIGHT} aria-hidden="true">
        <line className={styles['axis']} x1={0} x2={width} y1={HEIGHT - 0.5} y2={HEIGHT - 0.5} />
        <path className={styles['area']} d={`${linePath(picture, width)}L${width},${HEIGHT}L0,${HEIGHT}Z`} />
        <path className={styles['curve']} d={linePath(picture, width)} />
        {picture.atoms.map(({ value, probability }) => (
          <line
            key={value}
            className={styles['atom']}
            x1={x(value)}
            x2={x(value)}
            y1={HEIGHT}
            y2={HEIGHT - Math.max(4, probability * (HEIGHT - TOP))}
          />
        ))}
        {picture.marks.map(({ id, value }) => (
          <line key={id} className={styles['mark']} data-mark={id} x1={x(value)} x2={x(value)} y1={TOP} y2={HEIGHT} />
        ))}
      </svg>
      <div className={styles['ends']} aria-hidden="true">
        <span>{quantityWords(picture.from, quantity)}</span>
        <span>{picture.isLogarithmic ? 'logarithmic' : ''}</span>
        <span>{quantityWords(picture.to, quantity)}</span>
      </div>
      <dl className={styles['figures']}>
        {picture.marks.map(({ id, value }) => (
          <div key={id}>
            <dt data-mark={id}>{id}</dt>
            <dd>{quantityWords(value, quantity)}</dd>
          </div>
        ))}
      </dl>
    </figure>
  )
}

function shareOf(value: number, { from, to, isLogarithmic }: DensityPicture): number {
  const share = isLogarithmic
    ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
    : (value - from) / (to - from)
  return Math.max(0, Math.min(1, share))
}

function linePath(picture: DensityPicture, width: number): string {
  const last = picture.points.length - 1
  return picture.points
    .map(({ height }, index) => {
      const y = HEIGHT - height * (HEIGHT - TOP)
      return `${index === 0 ? 'M' : 'L'}${((index / last) * width).toFixed(1)},${y.toFixed(1)}`
    })
    .join('')
}

const SPARK_WIDTH = 28
const SPARK_HEIGHT = 14

/** The curve alone, as small as a letter. */
export function DensitySpark({ spec }: { readonly spec: DistributionSpec }) {
  const picture = useMemo(() => densityPicture(spec, { curve: 'density', isLogarithmic: false }), [spec])
  const last = picture.points.length - 1
  const path = picture.points
    .map(({ height }, index) => {
      const y = SPARK_HEIGHT - height * (SPARK_HEIGHT - 1)
      return `${index === 0 ? 'M' : 'L'}${((index / last) * SPARK_WIDTH).toFixed(1)},${y.toFixed(1)}`
    })
    .join('')
  return (
    <svg width={SPARK_WIDTH} height={SPARK_HEIGHT} aria-hidden="true">
      {picture.atoms.length === 0 && (
        <path className={styles['area']} d={`${path}L${SPARK_WIDTH},${SPARK_HEIGHT}L0,${SPARK_HEIGHT}Z`} />
      )}
      {picture.atoms.length === 0 && <path className={styles['curve']} d={path} />}
      {picture.atoms.map(({ value, probability }) => {
        const x = shareOf(value, picture) * SPARK_WIDTH
        return (
          <line
            key={value}
            className={styles['atom']}
            x1={x}
            x2={x}
            y1={SPARK_HEIGHT}
            y2={SPARK_HEIGHT * (1 - probability)}
          />
        )
      })}
    </svg>
  )
}
