import { app } from 'electron'
import { z } from 'zod'
import { claimScheme } from './app-scheme'
import { Application } from './application'
import { projectArgument, projectFolder } from './start-arguments'

/** What a second start hands to the first: the project to open. */
const secondStartSchema = z.object({ project: z.string().nullable() })
type SecondStart = z.infer<typeof secondStartSchema>

claimScheme()
app.enableSandbox()

const mine: SecondStart = { project: projectArgument(process.argv, app.isPackaged, process.cwd()) }
/** What macOS opens before the application is there to open it. */
let opened: string | null = null
const hold = (event: Electron.Event, path: string): void => {
  event.preventDefault()
  opened = projectFolder(path)
}
app.on('open-file', hold)
if (app.requestSingleInstanceLock(mine)) {
  const started = app.whenReady().then(() => {
    const application = new Application()
    application.start(mine.project ?? opened)
    app.off('open-file', hold)
    app.on('open-file', (event, path) => {
      event.preventDefault()
      application.comeBack(projectFolder(path))
    })
    return application
  })
  app.on('second-instance', (_event, _words, _folder, data) => {
    const { project } = secondStartSchema.parse(data)
    void started.then((application) => application.comeBack(project))
  })
} else {
  app.quit()
}
