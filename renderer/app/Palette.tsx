/** The command palette: everything that can be done, every scenario and every run, found by typing. */
import { Kbd } from '@mantine/core'
import type { SpotlightActionData, SpotlightActionGroupData } from '@mantine/spotlight'
import { Spotlight } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useLibrary } from '../stores/library-store.ts'
import { useRuns } from '../stores/runs-store.ts'
import { useView } from '../stores/view-store.ts'
import { momentText } from '../widgets/time-text.ts'
import { isUnderWay, runWords } from '../widgets/run-words.ts'
import type { Command } from './commands.ts'
import { commandGroups, commandsNow } from './commands.ts'
import { foundCommands } from './palette-filter.ts'

/** Entries of one group without a search, and with one. */
const SHOWN_AT_FIRST = 5
const SHOWN_FOUND = 12

export function Palette() {
  const [commands, setCommands] = useState<readonly Command[]>([])
  const [query, setQuery] = useState('')
  const found = foundCommands(commands, query)
  return (
    <Spotlight
      actions={groupsOf(found, query === '' ? SHOWN_AT_FIRST : SHOWN_FOUND)}
      // Found and ordered already.
      filter={(_, actions) => actions}
      query={query}
      onQueryChange={setQuery}
      onSpotlightOpen={() => setCommands([...commandsNow(), ...scenarioCommands(), ...runCommands()])}
      lockScroll={false}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
      attributes={{ content: { 'aria-label': 'Search and commands' } }}
      shortcut="mod + K"
      scrollable
      maxHeight={420}
      size={600}
      nothingFound="Nothing of that name"
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.6} aria-hidden="true" />,
        placeholder: 'Search scenarios, runs and commands',
        'aria-label': 'Search scenarios, runs and commands',
      }}
    />
  )
}

function groupsOf(found: readonly Command[], most: number): SpotlightActionGroupData[] {
  return commandGroups
    .map((group) => ({
      group,
      actions: found
        .filter((command) => command.group === group)
        .slice(0, most)
        .map(actionOf),
    }))
    .filter(({ actions }) => actions.length > 0)
}

function actionOf({ id, label, description, icon, shortcut, run }: Command): SpotlightActionData {
  return {
    id,
    label,
    onClick: run,
    dimmedSections: false,
    leftSection: icon,
    ...(description === undefined ? {} : { description }),
    ...(shortcut === undefined ? {} : { rightSection: <Kbd size="xs">{shortcut}</Kbd> }),
  }
}

function scenarioCommands(): Command[] {
  return useLibrary.getState().cards.map(({ id, name, question, tags }) => ({
    id: `scenario ${id}`,
    label: name,
    group: 'Scenarios',
    description: question,
    keywords: tags.join(' '),
    run: () => useView.getState().go('design', id),
  }))
}

function runCommands(): Command[] {
  return useRuns.getState().summaries.map((run) => ({
    id: `run ${run.id}`,
    label: `Run #${run.number}, ${run.scenarioName}`,
    group: 'Runs',
    description: `${runWords(run, run.headline?.objectives).word}, ${momentText(run.createdMs)}`,
    keywords: run.tags.join(' '),
    run: () =>
      isUnderWay(run.status) && run.scenarioId !== null
        ? useView.getState().go('run', run.scenarioId)
        : useView.getState().go('results', run.id),
  }))
}
