/** What the field with the focus means: one place below the form, so that nothing moves while a form is walked through. */
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

/** Where a choice comes from and, if at all, in what it is not the same. */
function originText(source: string, differs = ''): string {
  const from = `Source: ${source.replace(/\.$/u, '')}.`
  return differs === '' ? from : `${from} Differs: ${differs}`
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
      {chosen?.help !== undefined && (
        <p className={styles['facts']}>
          <InlineText text={chosen.help} />
        </p>
      )}
      {chosen?.source !== undefined && <p className={styles['facts']}>{originText(chosen.source, chosen.differs)}</p>}
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
