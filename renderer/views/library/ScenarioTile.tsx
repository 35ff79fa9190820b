/** One scenario: the question that it answers, and what its last run said. */
import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { runScenario } from '../../app/run-scenario.ts'
import type { ScenarioCard } from '../../../host/contract/scenario-library.ts'
import { useRuns } from '../../stores/runs-store.ts'
import { useView } from '../../stores/view-store.ts'
import { Figure } from '../../widgets/Figure.tsx'
import { figureWords } from '../../widgets/figure-text.ts'
import { GuardedButton } from '../../widgets/GuardedButton.tsx'
import { isUnderWay } from '../../widgets/run-words.ts'
import { Sparkline } from '../../widgets/Sparkline.tsx'
import { agoText, momentText } from '../../widgets/time-text.ts'
import { useNow } from '../../widgets/use-now.ts'
import { VerdictBadge } from '../../widgets/VerdictBadge.tsx'
import { ScenarioMenu } from './ScenarioMenu.tsx'
import styles from './ScenarioTile.module.css'

/** Ages are read anew this often, in ms. */
const TICK_MS = 30_000

export interface ScenarioTileProps {
  readonly card: ScenarioCard
  /** Why nothing can be run or changed now; null when it can. */
  readonly whyNot: string | null
}

export function ScenarioTile({ card, whyNot }: ScenarioTileProps) {
  const nowMs = useNow(TICK_MS)
  const active = useRuns(({ summaries }) =>
    summaries.find(({ scenarioId, status }) => scenarioId === card.id && isUnderWay(status)),
  )
  return (
    <article className={styles['tile']}>
      <div className={styles['head']}>
        <UnstyledButton
          className={styles['name']}
          data-card-title
          onClick={() => useView.getState().go('design', card.id)}
        >
          {card.name}
        </UnstyledButton>
        <State card={card} />
      </div>
      <p className={styles['question']}>{card.question === '' ? 'No question asked yet.' : card.question}</p>
      <Curves card={card} />
      <div className={styles['marks']}>
        {card.problems > 0 && (
          <span className={styles['mark']} data-tone="bad">
            {card.problems === 1 ? '1 problem' : `${card.problems} problems`}
          </span>
        )}
        {card.stale && card.lastRun !== null && (
          <span className={styles['mark']} data-tone="unsure" title="The scenario changed since this run.">
            Changed since run #{card.lastRun.number}
          </span>
        )}
        {card.tags.map((tag) => (
          <span key={tag} className={styles['tag']}>
            {tag}
          </span>
        ))}
      </div>
      <div className={styles['foot']}>
        <span className={styles['age']} title={momentText(card.updatedMs)}>
          Changed {agoText(card.updatedMs, nowMs)}
        </span>
        <ScenarioMenu card={card} whyNot={whyNot} />
        {active === undefined ? (
          <GuardedButton
            size="compact-sm"
            variant="light"
            whyNot={whyNot ?? (card.problems > 0 ? 'It has problems to mend before it can run.' : null)}
            leftSection={<IconPlayerPlay size={14} aria-hidden="true" />}
            onClick={() => void runScenario({ scenarioId: card.id })}
          >
            Run
          </GuardedButton>
        ) : (
          <GuardedButton
            size="compact-sm"
            variant="light"
            whyNot={null}
            onClick={() => useView.getState().go('run', card.id)}
          >
            Watch run #{active.number}
          </GuardedButton>
        )}
      </div>
    </article>
  )
}

function State({ card }: { readonly card: ScenarioCard }) {
  const { lastRun } = card
  if (lastRun === null) return <span className={styles['never']}>No result yet</span>
  return (
    <UnstyledButton className={styles['verdict']} onClick={() => useView.getState().go('results', lastRun.id)}>
      <VerdictBadge
        verdict={lastRun.verdict}
        status={lastRun.status}
        reason={lastRun.reason}
        objectives={lastRun.headline?.objectives}
      />
      <VisuallyHidden>, results of run #{lastRun.number}</VisuallyHidden>
    </UnstyledButton>
  )
}

function Curves({ card }: { readonly card: ScenarioCard }) {
  const { spark, lastRun } = card
  const headline = lastRun?.headline ?? null
  if (headline === null) {
    return <p className={styles['nothing']}>Run it to see load and p95 here.</p>
  }
  return (
    <dl className={styles['curves']}>
      <div>
        <dt>Peak load</dt>
        <dd>
          <Figure value={headline.peakLoadRps} unit="req/s" />
        </dd>
        <dd className={styles['curve']}>
          <Sparkline
            values={spark.loadRps}
            colour="var(--hr-line-load)"
            label={`Load over the run, at most ${figureWords(headline.peakLoadRps, 'req/s')}`}
          />
        </dd>
      </div>
      <div>
        <dt>p95</dt>
        <dd>
          <Figure value={headline.p95Ms} unit="ms" />
        </dd>
        <dd className={styles['curve']}>
          <Sparkline
            values={spark.p95Ms}
            colour="var(--hr-line-latency)"
            label={`p95 over the run, ${figureWords(headline.p95Ms, 'ms')} over all`}
          />
        </dd>
      </div>
    </dl>
  )
}
