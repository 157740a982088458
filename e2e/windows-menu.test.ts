import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { optionalTool } from './tools'

const ROOT = resolve(import.meta.dirname, '..')
const MENU = join(ROOT, 'packaging/windows.nsh')
/** The scripts of the installer that electron-builder makes, which take ours in. */
const TEMPLATES = join(ROOT, 'node_modules/app-builder-lib/templates/nsis')
const SETTING = 'Software\\Classes\\Directory\\shell\\GediDatasetStudio'

const folder = mkdtempSync(join(tmpdir(), 'windows-menu-'))
afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

/** A small installer and uninstaller that do nothing but what ours adds. Nothing is compressed, so that it can be read. */
const script = (menu: string): string => `
Unicode true
SetCompress off
OutFile "${join(folder, 'menu.exe')}"
RequestExecutionLevel user
InstallDir "C:\\Programs"
!define APP_EXECUTABLE_FILENAME "GEDI Dataset Studio.exe"
!include "${menu}"
Section "install"
  !insertmacro customInstall
  WriteUninstaller "$INSTDIR\\uninstall.exe"
SectionEnd
Section "un.install"
  !insertmacro customUnInstall
SectionEnd
`

describe('the entry in the menu of folders on Windows', () => {
  test('electron-builder takes in the parts under the names that they have', () => {
    const templates = ['installSection.nsh', 'uninstaller.nsh', 'common.nsh']
    const [install, remove, common] = templates.map((name) => readFileSync(join(TEMPLATES, name), 'utf8'))
    expect(install).toContain('!insertmacro customInstall\n')
    expect(remove).toContain('!insertmacro customUnInstall\n')
    expect(common).toContain('!define APP_EXECUTABLE_FILENAME')
  })

  test.skipIf(!optionalTool('makensis'))('makes an installer without a warning', () => {
    const made = spawnSync('makensis', ['-V2', '-WX', '-'], { input: script(MENU), encoding: 'utf8' })
    expect(made.stdout + made.stderr).toBe('')
    expect(made.status).toBe(0)
    const installer = readFileSync(join(folder, 'menu.exe'))
    for (const text of [SETTING, 'Open with GEDI Dataset Studio'])
      expect(installer.includes(Buffer.from(text, 'utf16le'))).toBe(true)
  })
})
