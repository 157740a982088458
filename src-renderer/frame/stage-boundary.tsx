import { Button } from '@mantine/core'
import { Component, Fragment, type ReactNode } from 'react'
import { toStudioError } from '../../src-shared/errors/studio-error'
import { ErrorCard } from '../parts/error-card'
import classes from './stage-boundary.module.css'

interface StageBoundaryProps {
  /** Heading of what is shown where the part cannot be. */
  title: string
  children: ReactNode
}

interface StageBoundaryState {
  thrown: { value: unknown } | null
  /** How often the part was loaded again. */
  attempt: number
}

/** Keeps a fault of one step's place, or of a file's, inside it: the rest of the window goes on, and the part can be loaded again. */
export class StageBoundary extends Component<StageBoundaryProps, StageBoundaryState> {
  override state: StageBoundaryState = { thrown: null, attempt: 0 }

  static getDerivedStateFromError(value: unknown): Partial<StageBoundaryState> {
    return { thrown: { value } }
  }

  override render(): ReactNode {
    const { thrown, attempt } = this.state
    if (thrown === null) return <Fragment key={attempt}>{this.props.children}</Fragment>
    return (
      <div className={classes.fault}>
        <h1 className={classes.title}>{this.props.title}</h1>
        <ErrorCard error={toStudioError(thrown.value).toJSON()}>
          <Button size="compact-sm" onClick={() => this.setState({ thrown: null, attempt: attempt + 1 })}>
            Reload this part
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => window.location.reload()}>
            Reload the window
          </Button>
        </ErrorCard>
      </div>
    )
  }
}
