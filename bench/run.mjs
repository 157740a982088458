// Builds the benchmarks, which are TypeScript and run the program's own sources, and starts them.
import { resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '..')
const output = { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' }

await build({
  configFile: false,
  root,
  logLevel: 'warn',
  build: {
    ssr: true,
    target: 'node20.18',
    outDir: resolve(root, 'dist/bench'),
    minify: false,
    rollupOptions: {
      input: { main: resolve(root, 'bench/main.ts'), task: resolve(root, 'bench/task-entry.ts') },
      output,
    },
  },
})
await import('../dist/bench/main.js')
