import { dialog, type BrowserWindow } from 'electron'
import { CHOICES, type Choice } from './leaving'

/** Labels of the choices, in their order. */
const LABELS: Readonly<Record<Choice, string>> = {
  background: 'Go On in Background',
  pause: 'Pause and Quit',
  stop: 'Stop and Quit',
  stay: 'Cancel',
}

/** Asks what is to become of the run when the window is closed. */
export async function askHowToLeave(window: BrowserWindow | null): Promise<Choice> {
  const options = {
    type: 'question' as const,
    message: 'A run is at work.',
    detail:
      'In the background, it goes on without the window, and the program quits when it is done.\n' +
      'Pausing finishes the batches in work first; stopping gives them up.\n' +
      'What is finished is kept, and the next run goes on from there.',
    buttons: CHOICES.map((choice) => LABELS[choice]),
    defaultId: CHOICES.indexOf('background'),
    cancelId: CHOICES.indexOf('stay'),
    noLink: true,
  }
  const { response } = await (window === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options))
  return CHOICES[response] ?? 'stay'
}
