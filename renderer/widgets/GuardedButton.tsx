/** A button that says why it cannot be pressed now, to the mouse and to the keyboard. */
import type { ButtonProps } from '@mantine/core'
import { Button, Tooltip } from '@mantine/core'
import type { ReactNode } from 'react'

export interface GuardedButtonProps extends Pick<ButtonProps, 'color' | 'leftSection' | 'size' | 'variant'> {
  /** Why it cannot be pressed, in a sentence; null when it can. */
  readonly whyNot: string | null
  readonly onClick: () => void
  readonly children: ReactNode
}

export function GuardedButton({ whyNot, onClick, children, ...look }: GuardedButtonProps) {
  return (
    <Tooltip label={whyNot} disabled={whyNot === null} multiline maw={320}>
      <Button
        {...look}
        // Unlike `disabled`, this keeps the button in reach of the keyboard, so that its reason can be read.
        {...(whyNot === null ? {} : { 'data-disabled': true, 'aria-disabled': true })}
        onClick={() => {
          if (whyNot === null) onClick()
        }}
      >
        {children}
      </Button>
    </Tooltip>
  )
}
