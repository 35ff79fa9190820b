/** One line of a form: label, input, and what is wrong with it. */
import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core'
import { IconArrowBackUp, IconCornerDownRight, IconRotate2 } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { ControlFacts } from './form-types.ts'
import { useFormScope } from './form-scope.ts'
import { InlineText } from './InlineText.tsx'
import type { ShownComplaint } from './complaint-of.ts'
import styles from './FieldRow.module.css'
import { changeLabel, inSentence } from './words.ts'

interface FieldRowProps {
  readonly control: ControlFacts
  /** Of the input, for the label; absent when the row holds no single input. */
  readonly inputId?: string
  readonly children: ReactNode
  /** What is wrong with the text being typed; replaces what is wrong with the document. */
  readonly complaint?: ShownComplaint | undefined
  /** Stands in place of the label, for entries of lists. */
  readonly label?: ReactNode
  readonly trail?: ReactNode
  readonly shape?: RowShape | undefined
}

/** How a line is divided: `wide` gives the input a line of its own, `name` gives most of the line to the label. */
export type RowShape = 'wide' | 'name'

export function FieldRow({ control, inputId, children, complaint, label, trail, shape }: FieldRowProps) {
  return (
    <div className={styles['field']}>
      <div className={styles['row']} data-shape={shape}>
        <div className={styles['label']}>{label ?? <FieldLabel control={control} inputId={inputId} />}</div>
        <div className={styles['input']}>{children}</div>
        <div className={styles['trail']}>
          {trail}
          <ResetButton control={control} />
        </div>
      </div>
      <FieldProblems pathText={control.pathText} inputId={inputId} complaint={complaint} />
    </div>
  )
}

function FieldLabel({ control, inputId }: { readonly control: ControlFacts; readonly inputId?: string | undefined }) {
  const words = (
    <Tooltip
      label={<InlineText text={control.help} />}
      disabled={control.help === ''}
      multiline
      maw={280}
      openDelay={400}
      position="top-start"
    >
      <span>{control.label}</span>
    </Tooltip>
  )
  return (
    <>
      {inputId === undefined ? (
        <span className={styles['words']}>{words}</span>
      ) : (
        <label htmlFor={inputId}>{words}</label>
      )}
      {control.origin === 'base' && (
        <Tooltip label="Comes from the scenario that this one extends">
          <span className={styles['inherited']}>
            <IconCornerDownRight size={12} aria-hidden="true" />
            <VisuallyHidden>inherited</VisuallyHidden>
          </span>
        </Tooltip>
      )}
    </>
  )
}

/** Takes a value away, so that the default, or what the base says, holds again. */
export function ResetButton({ control }: { readonly control: ControlFacts }) {
  const { change, revert, isReadOnly } = useFormScope()
  const name = inSentence(control.label)
  if (control.origin !== 'own' || isReadOnly) return null
  if (control.isOverride) {
    const words = `Take ${name} from the base`
    return (
      <Tooltip label={words} openDelay={300}>
        <ActionIcon
          className={styles['reset']}
          data-reset
          aria-label={words}
          variant="subtle"
          color="gray"
          size={20}
          onClick={() => revert(control.path, changeLabel('Take back', control.label, control.path))}
        >
          <IconArrowBackUp size={14} />
        </ActionIcon>
      </Tooltip>
    )
  }
  if (!control.isOptional) return null
  const words = control.byDefault === undefined ? `Leave ${name} out` : `Reset ${name} to ${control.byDefault}`
  return (
    <Tooltip label={words} openDelay={300}>
      <ActionIcon
        className={styles['reset']}
        data-reset
        aria-label={words}
        variant="subtle"
        color="gray"
        size={20}
        onClick={() => change(control.path, undefined, changeLabel('Reset', control.label, control.path))}
      >
        <IconRotate2 size={14} />
      </ActionIcon>
    </Tooltip>
  )
}

interface FieldProblemsProps {
  readonly pathText: string
  readonly inputId?: string | undefined
  readonly complaint?: ShownComplaint | undefined
}

/** What is wrong, and how to mend it. */
export function FieldProblems({ pathText, inputId, complaint }: FieldProblemsProps) {
  const { problems } = useFormScope()
  const shown: readonly ShownComplaint[] = complaint === undefined ? (problems.get(pathText) ?? []) : [complaint]
  return (
    <div id={inputId === undefined ? undefined : problemsId(inputId)} aria-live="polite">
      {shown.map(({ message, hint }) => (
        <p key={`${message}${hint}`} className={styles['problem']}>
          <span className={styles['message']}>{sentence(message)}</span>
          {hint !== '' && <span className={styles['hint']}>{sentence(hint)}</span>}
        </p>
      ))}
    </div>
  )
}

/** The id of the problems of an input, by which the input refers to them. */
export function problemsId(inputId: string): string {
  return `${inputId}-problems`
}

function sentence(text: string): string {
  const begun = text.charAt(0).toUpperCase() + text.slice(1)
  return /[.?!:]$/u.test(begun) ? begun : `${begun}.`
}
