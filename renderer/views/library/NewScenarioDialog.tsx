/** Begins a scenario from one that ships with the program. */
import { Button, Group, Modal, Text, UnstyledButton } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import type { ScenarioTemplate } from '../../../host/contract/scenario-library.ts'
import { useLibrary } from '../../stores/library-store.ts'
import { ErrorPanel } from '../../widgets/ErrorPanel.tsx'
import { Loading } from '../../widgets/Loading.tsx'
import { createScenario } from './library-actions.ts'
import styles from './NewScenarioDialog.module.css'

export interface NewScenarioDialogProps {
  readonly opened: boolean
  readonly onClose: () => void
}

export function NewScenarioDialog({ opened, onClose }: NewScenarioDialogProps) {
  return (
    <Modal opened={opened} onClose={onClose} title="New scenario" size={620}>
      <Templates onChosen={onClose} />
    </Modal>
  )
}

function Templates({ onChosen }: { readonly onChosen: () => void }) {
  const templates = useLibrary((state) => state.templates)
  const [error, setError] = useState<unknown>(null)
  useEffect(() => {
    if (templates === null) useLibrary.getState().loadTemplates().catch(setError)
  }, [templates])
  const choose = (fileName: string): void => {
    onChosen()
    void createScenario({ from: 'template', fileName })
  }
  if (error !== null) {
    return (
      <ErrorPanel
        title="The templates could not be read."
        error={error}
        action={
          <Button
            variant="default"
            onClick={() => {
              setError(null)
              useLibrary.getState().loadTemplates().catch(setError)
            }}
          >
            Try again
          </Button>
        }
      />
    )
  }
  if (templates === null) return <Loading label="Loading templates" />
  return (
    <>
      <Text size="sm" c="dimmed" mb="md">
        Begin with the one whose question is closest to yours; everything in it can be changed.
      </Text>
      <ul className={styles['list']}>
        {templates.map((template) => (
          <li key={template.fileName}>
            <Template template={template} onChoose={choose} />
          </li>
        ))}
      </ul>
    </>
  )
}

interface TemplateProps {
  readonly template: ScenarioTemplate
  readonly onChoose: (fileName: string) => void
}

function Template({ template: { fileName, name, question, tags }, onChoose }: TemplateProps) {
  return (
    <UnstyledButton className={styles['template']} onClick={() => onChoose(fileName)}>
      <span className={styles['words']}>
        <span className={styles['name']}>{name}</span>
        <span className={styles['question']}>{question}</span>
      </span>
      <Group gap={6} wrap="nowrap">
        {tags.slice(0, 2).map((tag) => (
          <span key={tag} className={styles['tag']}>
            {tag}
          </span>
        ))}
        <IconChevronRight size={16} aria-hidden="true" />
      </Group>
    </UnstyledButton>
  )
}
