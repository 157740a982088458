import { defineConfig } from 'electron-vite'

/** The command line and the worker process are built from the same sources and by the same tool as the app. */
export default defineConfig({
  main: {
    build: {
      outDir: 'dist/main',
      target: 'node20.18',
      externalizeDeps: true,
      minify: false,
      rolldownOptions: {
        input: { cli: 'src-main/cli/main.ts', worker: 'src-worker/process/entry.ts' },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
})
