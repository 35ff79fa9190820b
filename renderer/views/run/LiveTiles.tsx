/** The figures of the last bucket, against what the scenario promises; and every endpoint in a line. */
import { Figure } from '../../widgets/Figure.tsx'
import { figureWords } from '../../widgets/figure-text.ts'
import type { LiveEndpoint, LiveTile } from './live-tiles.ts'
import styles from './LiveTiles.module.css'

export function LiveTiles({ tiles }: { readonly tiles: readonly LiveTile[] }) {
  return (
    <dl className={styles['tiles']} aria-label="Figures of the last bucket of simulated time">
      {tiles.map(({ id, label, unit, value, target, holds }) => (
        <div key={id} className={styles['tile']} data-holds={holds}>
          <dt className={styles['label']}>{label}</dt>
          <dd className={styles['value']}>
            <Figure value={value} unit={unit} />
          </dd>
          {target !== null && (
            <dd className={styles['target']}>
              <span aria-hidden="true">{sign(holds)}</span> ≤ {figureWords(target, unit)}
              <span className={styles['hidden']}>{word(holds)}</span>
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
}

export function LiveEndpoints({ endpoints }: { readonly endpoints: readonly LiveEndpoint[] }) {
  return (
    <table className={styles['endpoints']}>
      <caption className={styles['hidden']}>Endpoints in the last bucket of simulated time</caption>
      <thead>
        <tr>
          <th scope="col">Endpoint</th>
          <th scope="col">Load</th>
          <th scope="col">p95</th>
          <th scope="col">Objective</th>
          <th scope="col">Errors</th>
        </tr>
      </thead>
      <tbody>
        {endpoints.map(({ id, arrivalsRps, p95Ms, errorRatio, targetP95Ms, holds }) => (
          <tr key={id}>
            <th scope="row" title={id}>
              {id}
            </th>
            <td>
              <Figure value={arrivalsRps} unit="req/s" />
            </td>
            <td data-holds={holds}>
              <Figure value={p95Ms} unit="ms" />
            </td>
            <td data-holds={holds} className={styles['verdict']}>
              {targetP95Ms === null ? (
                <span className={styles['none']}>none</span>
              ) : (
                <>
                  <span aria-hidden="true">{sign(holds)}</span> {figureWords(targetP95Ms, 'ms')}
                  <span className={styles['hidden']}>{word(holds)}</span>
                </>
              )}
            </td>
            <td>
              <Figure value={errorRatio} unit="ratio" />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function sign(holds: boolean | null): string {
  return holds === null ? '~' : holds ? '✓' : '✗'
}

function word(holds: boolean | null): string {
  return holds === null ? ', cannot be told yet' : holds ? ', holds now' : ', missed now'
}
