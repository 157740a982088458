import { useState, type DragEvent } from 'react'
import { notifications } from '@mantine/notifications'
import { errorOf } from '../connection/studio'

/** What an element needs to take files and folders that are dropped on it. */
interface DropTarget {
  /** Whether something that can be dropped is held over it. */
  over: boolean
  handlers: {
    onDragEnter(event: DragEvent): void
    onDragOver(event: DragEvent): void
    onDragLeave(event: DragEvent): void
    onDrop(event: DragEvent): void
  }
}

/**
 * Takes folders and files that are dropped on an element. Only the desktop window knows where they lie; in a browser
 * the person is told how to choose them instead.
 * @param onPaths gets absolute paths, at least one
 * @param instead what to do in a browser
 */
export function useDrop(
  onPaths: (paths: string[]) => void,
  instead = 'Choose them with the buttons',
): DropTarget {
  const [depth, setDepth] = useState(0)
  const take = (event: DragEvent): boolean => {
    if (!event.dataTransfer.types.includes('Files')) return false
    event.preventDefault()
    event.stopPropagation()
    return true
  }
  return {
    over: depth > 0,
    handlers: {
      onDragEnter: (event) => {
        if (take(event)) setDepth((before) => before + 1)
      },
      onDragOver: (event) => {
        if (take(event)) event.dataTransfer.dropEffect = 'copy'
      },
      onDragLeave: (event) => {
        if (take(event)) setDepth((before) => Math.max(0, before - 1))
      },
      onDrop: (event) => {
        if (!take(event)) return
        setDepth(0)
        void pathsOf([...event.dataTransfer.files], instead).then((paths) => {
          if (paths.length > 0) onPaths(paths)
        })
      },
    },
  }
}

/** A drop beside every target would make the window leave the application. @returns ends it */
export function ignoreStrayDrops(): () => void {
  const ignore = (event: globalThis.DragEvent): void => {
    event.preventDefault()
    if (event.dataTransfer !== null && event.type === 'dragover') event.dataTransfer.dropEffect = 'none'
  }
  window.addEventListener('dragover', ignore)
  window.addEventListener('drop', ignore)
  return () => {
    window.removeEventListener('dragover', ignore)
    window.removeEventListener('drop', ignore)
  }
}

async function pathsOf(files: readonly File[], instead: string): Promise<string[]> {
  const bridge = window.studioBridge
  if (bridge === undefined) {
    notifications.show({
      title: 'A browser does not tell where files lie.',
      message: `${instead}: they are looked for on the machine that runs the program.`,
    })
    return []
  }
  try {
    return await bridge.pathsOf(files)
  } catch (thrown) {
    notifications.show({
      color: 'red',
      title: 'What was dropped cannot be used.',
      message: errorOf(thrown).message,
    })
    return []
  }
}
