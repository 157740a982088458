import { XMLParser } from 'fast-xml-parser'
import { invalidArchive } from './archive-error'

/** An element: text, or what is in it by name; names without their namespace, attributes with `@` before. */
type Xml = string | Xml[] | { [name: string]: Xml | undefined }

/**
 * A metadata file of a product. Elements are found by name wherever they stand, as their places changed over the
 * baselines.
 */
export class Metadata {
  private constructor(
    readonly file: string,
    private readonly root: Xml,
  ) {}

  /**
   * Reads XML; entities and document types are none of it.
   * @param file path, for messages
   * @throws StudioError `archive-invalid` where it is damaged, cut off, or has a document type.
   */
  static parse(text: string, file: string): Metadata {
    if (text.includes('<!DOCTYPE')) throw invalidArchive(file, 'The metadata file has a document type.')
    if (!isWhole(text)) throw invalidArchive(file, 'The metadata file is cut off, or no XML.')
    const parser = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '@',
      removeNSPrefix: true,
      parseTagValue: false,
      parseAttributeValue: false,
      processEntities: false,
      // Angles are most of a tile's metadata, and of no use here.
      stopNodes: ['*.Tile_Angles'],
    })
    try {
      return new Metadata(file, parser.parse(text) as Xml)
    } catch (cause) {
      throw invalidArchive(file, 'The metadata file is damaged.', undefined, cause)
    }
  }

  /** Text of the first element of any of these names, the names in order of preference; null where there is none. */
  text(...names: readonly string[]): string | null {
    for (const name of names) {
      const first = this.all(name).at(0)
      if (first !== undefined) return textOf(first)
    }
    return null
  }

  /** Texts of all elements of any of these names, each with its attributes. */
  texts(...names: readonly string[]): { text: string; attribute: (name: string) => string | null }[] {
    return names.flatMap((name) =>
      this.all(name).map((element) => ({
        text: textOf(element),
        attribute: (attribute: string) => childText(element, `@${attribute}`),
      })),
    )
  }

  /** Text of a child of the element of this name whose attribute has this value; null where there is none. */
  childOf(name: string, attribute: string, value: string, child: string): string | null {
    const element = this.all(name).find((each) => childText(each, `@${attribute}`) === value)
    return element === undefined ? null : childText(element, child)
  }

  private all(name: string): Xml[] {
    const found: Xml[] = []
    const visit = (node: Xml): void => {
      if (typeof node === 'string') return
      if (Array.isArray(node)) {
        node.forEach(visit)
        return
      }
      for (const [key, value] of Object.entries(node)) {
        if (value === undefined) continue
        if (key === name) found.push(...(Array.isArray(value) ? value : [value]))
        else visit(value)
      }
    }
    visit(this.root)
    return found
  }
}

/** Whether a document ends with the end of its first element; the parser does not mind where it does not. */
function isWhole(text: string): boolean {
  const root = /<([A-Za-z_][\w:.-]*)[\s>]/.exec(text.slice(0, 10_000))
  return root !== null && text.trimEnd().endsWith(`</${root[1]}>`)
}

function textOf(element: Xml): string {
  if (typeof element === 'string') return element.trim()
  return Array.isArray(element) ? '' : (childText(element, '#text') ?? '')
}

function childText(element: Xml, name: string): string | null {
  if (typeof element === 'string' || Array.isArray(element)) return null
  const child = element[name]
  return child === undefined ? null : textOf(Array.isArray(child) ? (child.at(0) ?? '') : child)
}
