/** Names that a message lists before it says how many more there are. */
const LISTED = 10

/** The first names of a list, and how many more there are. */
export function listSome(names: readonly string[]): string {
  const listed = names.slice(0, LISTED).join(', ')
  return names.length > LISTED ? `${listed} and ${names.length - LISTED} more` : listed
}
