/** The figures that a run starts with, in one line. */
import { NumberInput } from '@mantine/core'
import type { ScenarioSpec } from '../../../sim-core/scenario/parse.ts'
import type { RunSettings } from './run-settings.ts'
import { placeholders, PRECISION_PERCENT, REPLICATIONS_MAX, SEED_MAX } from './run-settings.ts'
import styles from './StartForm.module.css'

export interface StartFormProps {
  readonly scenario: ScenarioSpec | undefined
  readonly settings: RunSettings
  readonly onChange: (settings: RunSettings) => void
}

export function StartForm({ scenario, settings, onChange }: StartFormProps) {
  const own = placeholders(scenario)
  const set = (key: keyof RunSettings) => (value: number | string) =>
    onChange({ ...settings, [key]: typeof value === 'number' ? value : '' })
  return (
    <div className={styles['form']}>
      <NumberInput
        size="xs"
        label="Replications"
        description="More make intervals narrower"
        placeholder={own.replications}
        value={settings.replications}
        min={1}
        max={REPLICATIONS_MAX}
        allowDecimal={false}
        onChange={set('replications')}
      />
      <NumberInput
        size="xs"
        label="Precision"
        description="Goes on until intervals are this narrow"
        placeholder={own.precisionPercent}
        value={settings.precisionPercent}
        min={PRECISION_PERCENT.min}
        max={PRECISION_PERCENT.max}
        suffix=" %"
        onChange={set('precisionPercent')}
      />
      <NumberInput
        size="xs"
        label="Seed"
        description="Same seed, same requests"
        placeholder={own.seed}
        value={settings.seed}
        min={0}
        max={SEED_MAX}
        allowDecimal={false}
        onChange={set('seed')}
      />
    </div>
  )
}
