/** Bytes of a sample in a batch file with the default compression, as measured on the sample world (docs/dataset.md). */
export const SAMPLE_BYTES = 40_000
/** A batch file and the dataset file both hold a sample. */
export const SAMPLE_COPIES = 2
