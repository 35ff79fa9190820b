/** What the field with the focus means: one place below the form, so that nothing moves while a form is walked through. */
import type { ChoiceOption } from '../../sim-core/language/field.ts'
import { scalarText } from '../../sim-core/language/quantity.ts'
import styles from './FieldHelp.module.css'
import { InlineText } from './InlineText.tsx'
import type { ShownHelp } from './form-scope.ts'

interface FieldHelpProps {
  readonly help: ShownHelp | null
  readonly isReadOnly: boolean
}

/** Most examples that are offered. */
const EXAMPLES_MOST = 4

/** Ends in one full stop. */
function sentence(text: string): string {
  return text.endsWith('.') ? text : `${text}.`
}

/** What the chosen one of several names stands for. */
function ChoiceHelp({ help, source, differs = '' }: ChoiceOption) {
  return (
    <>
      {help !== undefined && (
        <p className={styles['facts']}>
          <InlineText text={help} />
        </p>
      )}
      {source !== undefined && <p className={styles['facts']}>Source: {sentence(source)}</p>}
      {differs !== '' && (
        // A few lines of it; the reference has the whole.
        <p className={styles['differences']} title={differs}>
          Differs: {sentence(differs)}
        </p>
      )}
    </>
  )
}

export function FieldHelp({ help, isReadOnly }: FieldHelpProps) {
  if (help === null) return null
  const { control, fill } = help
  const { input, range, byDefault, examples } = control
  const chosen =
    input?.kind === 'choice'
      ? input.options.find(({ id }) => id === (control.value ?? control.defaultValue))
      : undefined
  const facts = [
    range === undefined ? '' : `Allowed: ${range}.`,
    byDefault === undefined ? '' : `Default: ${byDefault}.`,
  ].filter((text) => text !== '')
  return (
    <div className={styles['help']}>
      <p className={styles['line']}>
        <strong>{control.label}</strong> <InlineText text={control.help} />
      </p>
      {facts.length > 0 && <p className={styles['facts']}>{facts.join(' ')}</p>}
      {chosen !== undefined && <ChoiceHelp {...chosen} />}
      {examples.length > 1 && !isReadOnly && (
        <div className={styles['examples']}>
          {examples.slice(0, EXAMPLES_MOST).map((example) => (
            <button
              key={scalarText(example)}
              type="button"
              // The keyboard stays in the field; there the example can be typed.
              tabIndex={-1}
              className={styles['example']}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => fill(example)}
            >
              {scalarText(example)}
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
