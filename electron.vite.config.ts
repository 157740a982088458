import react from '@vitejs/plugin-react'
import { chmod } from 'node:fs/promises'
import { resolve } from 'node:path'
import { defineConfig } from 'electron-vite'
import type { Plugin } from 'vite'

/** The built command line is a program of its own (`npx gedi-dataset`). */
const executable = (file: string): Plugin => ({
  name: 'executable',
  writeBundle: async ({ dir }, bundle) => {
    if (dir !== undefined && Object.hasOwn(bundle, file)) await chmod(resolve(dir, file), 0o755)
  },
})

/** Command line, worker process, desktop window and page are built from the same sources and by the same tool. */
export default defineConfig({
  main: {
    plugins: [executable('cli.js')],
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
    plugins: [react()],
    build: {
      outDir: 'dist/renderer',
      target: 'chrome130',
      rolldownOptions: { input: resolve('src-renderer/index.html') },
    },
  },
})
