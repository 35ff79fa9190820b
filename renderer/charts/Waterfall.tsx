/** One request, hop by hop: when each began, how long it took, and what that time was. */
import type { SampleRequest } from '../../sim-core/analysis/study-result.ts'
import { figureWords } from '../widgets/figure-text.ts'
import { PartBar, partWords } from './TimeParts.tsx'
import styles from './Waterfall.module.css'

export function Waterfall({ request }: { readonly request: SampleRequest }) {
  const percent = (ms: number): string => `${request.latency_ms > 0 ? (ms / request.latency_ms) * 100 : 0}%`
  return (
    <table className={styles['table']} aria-label={`A request to ${request.endpoint}, hop by hop`}>
      <thead>
        <tr>
          <th scope="col">Hop</th>
          <th scope="col">Time is</th>
          <th scope="col" className={styles['figure']}>
            From
          </th>
          <th scope="col" className={styles['figure']}>
            Takes
          </th>
          <th scope="col">0 to {figureWords(request.latency_ms, 'ms')}</th>
        </tr>
      </thead>
      <tbody>
        {request.hops.map(({ hop, part, from_ms: fromMs, ms }) => (
          <tr key={`${fromMs} ${hop} ${part}`}>
            <th scope="row">{hop}</th>
            <td>{partWords(part)}</td>
            <td className={styles['figure']}>{figureWords(fromMs, 'ms')}</td>
            <td className={styles['figure']}>{figureWords(ms, 'ms')}</td>
            <td className={styles['lane']}>
              <PartBar part={part} className={styles['bar']} style={{ left: percent(fromMs), width: percent(ms) }} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={3}>
            Whole request
          </th>
          <td className={styles['figure']}>{figureWords(request.latency_ms, 'ms')}</td>
          <td>{request.cause === null ? '' : `failed: ${request.cause}`}</td>
        </tr>
      </tfoot>
    </table>
  )
}
