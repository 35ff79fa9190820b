/** Which figures the table of differences shows. */
import { SegmentedControl, Select, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { DeltaFilter } from './delta-rows.ts'
import styles from './DeltaTable.module.css'

export interface DeltaFilterBarProps {
  readonly filter: DeltaFilter
  readonly components: readonly string[]
  /** How many figures there are, and of how many the difference is certain. */
  readonly count: number
  readonly told: number
  readonly onChange: (filter: DeltaFilter) => void
}

export function DeltaFilterBar({ filter, components, count, told, onChange }: DeltaFilterBarProps) {
  return (
    <div className={styles['bar']}>
      <h2 className={styles['title']}>Figures</h2>
      <span className={styles['count']}>
        {told} of {count} differ; headline figures are judged together
      </span>
      <TextInput
        size="xs"
        className={styles['search']}
        aria-label="Search figures"
        placeholder="Search figures"
        leftSection={<IconSearch size={14} aria-hidden="true" />}
        value={filter.search}
        onChange={(event) => onChange({ ...filter, search: event.currentTarget.value })}
      />
      <Select
        size="xs"
        className={styles['component']}
        aria-label="Component"
        data={[{ value: '', label: 'All components' }, ...components.map((value) => ({ value, label: value }))]}
        value={filter.component}
        onChange={(value) => onChange({ ...filter, component: value ?? '' })}
        allowDeselect={false}
      />
      <SegmentedControl
        size="xs"
        aria-label="Which figures"
        data={[
          { value: 'told', label: 'Differing' },
          { value: 'all', label: 'All' },
        ]}
        value={filter.all ? 'all' : 'told'}
        onChange={(value) => onChange({ ...filter, all: value === 'all' })}
      />
    </div>
  )
}
