/** A screen that breaks does not take the others with it. */
import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { Component } from 'react'
import { ErrorPanel } from '../widgets/ErrorPanel.tsx'

export interface ScreenBoundaryProps {
  /** As the rail calls it. */
  readonly screen: string
  readonly children: ReactNode
}

export class ScreenBoundary extends Component<
  ScreenBoundaryProps,
  { readonly error: unknown; readonly broken: boolean }
> {
  override readonly state = { error: null as unknown, broken: false }

  static getDerivedStateFromError(error: unknown): { error: unknown; broken: boolean } {
    return { error, broken: true }
  }

  override render(): ReactNode {
    const { screen, children } = this.props
    if (!this.state.broken) return children
    return (
      <div className="hr-screen-message">
        <ErrorPanel
          title={`The screen ${screen} cannot be shown.`}
          error={this.state.error}
          action={
            <Button variant="default" onClick={() => this.setState({ error: null, broken: false })}>
              Reload the screen
            </Button>
          }
        />
      </div>
    )
  }
}
