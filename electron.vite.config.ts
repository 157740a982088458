import react from '@vitejs/plugin-react'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

/** The built command line is a program of its own (`npx gedi-dataset`). */
const executable = (file: string): Plugin => ({
  name: 'executable',
  writeBundle: async ({ dir }, bundle) => {
    if (dir !== undefined && Object.hasOwn(bundle, file)) await chmod(resolve(dir, file), 0o755)
  },
})

/** The folder of the package that a module belongs to. */
const PACKAGE_FOLDER = /^[^?]*?(\/.*node_modules\/(?:@[^/]+\/)?[^/?]+)\//

/** Notes the packages that are built into a part of the program, so that their licences travel with it. */
const bundledPackages = (part: string): Plugin => ({
  name: 'bundled-packages',
  generateBundle: async function () {
    const folders = [...this.getModuleIds()].flatMap((id) => PACKAGE_FOLDER.exec(id)?.[1] ?? [])
    const file = resolve('dist/notices', `${part}.json`)
    await mkdir(dirname(file), { recursive: true })
    const own = folders.map((folder) => folder.slice(folder.indexOf('node_modules')))
    await writeFile(file, JSON.stringify([...new Set(own)].sort(), null, 2))
  },
})

/** Command line, worker process, desktop window and page are built from the same sources and by the same tool. */
export default defineConfig({
  main: {
    plugins: [executable('cli.js'), bundledPackages('main')],
    build: {
      outDir: 'dist/main',
      target: 'node20.18',
      externalizeDeps: true,
      minify: false,
      rolldownOptions: {
        input: {
          cli: 'src-main/cli/main.ts',
          app: 'src-main/electron/main.ts',
          worker: 'src-worker/process/entry.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  preload: {
    plugins: [bundledPackages('preload')],
    build: {
      outDir: 'dist/preload',
      target: 'node20.18',
      minify: false,
      rolldownOptions: {
        input: { preload: 'src-main/electron/preload.ts' },
        // A sandboxed preload must be CommonJS.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: 'src-renderer',
    base: './',
    plugins: [react(), bundledPackages('renderer')],
    worker: { plugins: () => [bundledPackages('renderer-workers')] },
    build: {
      outDir: 'dist/renderer',
      target: 'chrome130',
      rolldownOptions: { input: resolve('src-renderer/index.html') },
    },
  },
})
