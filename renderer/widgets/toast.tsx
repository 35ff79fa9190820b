/** Short messages at the corner of the screen, for what the user did and what happened meanwhile. */
import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import styles from './toast.module.css'
import { explained } from './explained.ts'

/** What a toast can do besides going away. */
export interface ToastAction {
  /** A verb: "Undo". */
  readonly label: string
  readonly run: () => void
}

export interface Toast {
  readonly message: string
  readonly title?: string
  readonly tone?: 'neutral' | 'good' | 'unsure' | 'bad'
  readonly action?: ToastAction
  /** A toast of the same id takes the place of the one that is shown. */
  readonly id?: string
  /** Stays until it is closed. */
  readonly stays?: boolean
}

/** Mantine's colours by tone. */
const colours = { neutral: 'indigo', good: 'green', unsure: 'yellow', bad: 'red' } as const

/** In ms; who can act needs longer. */
const SHOWN_MS = 5000
const SHOWN_WITH_ACTION_MS = 10_000

export function toast({ message, title, tone = 'neutral', action, id, stays = false }: Toast): void {
  const shownId = id ?? crypto.randomUUID()
  if (id !== undefined) notifications.hide(id)
  notifications.show({
    id: shownId,
    ...(title === undefined ? {} : { title }),
    message: (
      <span className={styles['line']}>
        <span className={styles['message']}>{message}</span>
        {action !== undefined && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => {
              notifications.hide(shownId)
              action.run()
            }}
          >
            {action.label}
          </Button>
        )}
      </span>
    ),
    color: colours[tone],
    withBorder: true,
    role: tone === 'bad' ? 'alert' : 'status',
    autoClose: stays ? false : action === undefined ? SHOWN_MS : SHOWN_WITH_ACTION_MS,
    closeButtonProps: { 'aria-label': 'Close' },
  })
}

/**
 * Says that something did not work.
 * @param title what it means: "The scenario could not be deleted"
 */
export function toastError(title: string, error: unknown): void {
  const { message, hint } = explained(error)
  toast({ title, message: `${message} ${hint}`, tone: 'bad', stays: true })
}
