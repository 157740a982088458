import { IconAlertTriangle, IconFile, IconFolder, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { SerializedError } from '../../../src-shared/errors/studio-error'
import { IconButton } from '../../parts/icon-button'
import { baseName } from '../../places/path-names'
import { removeInput } from './change-inputs'
import classes from './sources-stage.module.css'

interface InputListProps {
  inputs: readonly string[]
  /** Problems of the inspection; one of an input itself is shown beside it. */
  problems: readonly SerializedError[]
}

/** Folders and files that granules are looked for in. */
export function InputList({ inputs, problems }: InputListProps): ReactNode {
  return (
    <ul className={classes.inputs} aria-label="GEDI inputs">
      {inputs.map((input) => {
        const problem = problems.find(({ file }) => file === input)
        return (
          <li key={input} className={classes.input}>
            <InputIcon path={input} broken={problem !== undefined} />
            <span className={classes.path} title={input}>
              {input}
            </span>
            {problem === undefined ? null : (
              <span className={classes.fault} title={problem.hint}>
                {problem.message}
              </span>
            )}
            <IconButton
              label={`Remove ${baseName(input)}`}
              icon={<IconX size={16} aria-hidden />}
              onClick={() => void removeInput(inputs, input)}
            />
          </li>
        )
      })}
    </ul>
  )
}

function InputIcon({ path, broken }: { path: string; broken: boolean }): ReactNode {
  if (broken) return <IconAlertTriangle size={16} aria-hidden />
  return /\.h(df)?5$/i.test(path) ? <IconFile size={16} aria-hidden /> : <IconFolder size={16} aria-hidden />
}
