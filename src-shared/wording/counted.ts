/**
 * A number with its noun, in the singular where it is one: `1 batch`, `1,664 shots`.
 * @param many the plural, where it is not the singular with an s
 */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`
}
