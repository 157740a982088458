/** The part of @cornerstonejs/codec-openjpeg that is used; the package brings no types. */
declare module '@cornerstonejs/codec-openjpeg/decodewasmjs' {
  /** Decodes one codestream after the other in memory of its own. Buffers are views of that memory. */
  export interface J2KDecoder {
    /** Where to write an encoded codestream of so many bytes. */
    getEncodedBuffer(length: number): Uint8Array
    /** Throws, or leaves a frame of no size, where the codestream cannot be decoded. */
    decode(): void
    /** Pixels as bytes in the machine's order: one byte a pixel up to 8 bits, else two. */
    getDecodedBuffer(): Uint8Array
    getFrameInfo(): {
      width: number
      height: number
      bitsPerSample: number
      componentCount: number
      isSigned: boolean
    }
    delete(): void
  }

  export interface OpenJpeg {
    J2KDecoder: new () => J2KDecoder
  }

  /** Starts an instance of the decoder with memory of its own. */
  export default function start(options: {
    print: (line: string) => void
    printErr: (line: string) => void
    wasmBinary: Uint8Array
  }): Promise<OpenJpeg>
}
