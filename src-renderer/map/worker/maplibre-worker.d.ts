/** The worker that MapLibre ships as a file of its own; its class is made when the file is loaded in a worker. */
declare module 'maplibre-gl/dist/maplibre-gl-worker.mjs' {
  export default class MapWorker {
    readonly actor: object
  }
}
