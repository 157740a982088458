const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as it stands in HTML or SVG, between tags or in a quoted attribute; control characters are dropped. */
export function escapeMarkup(text: string): string {
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>"']/g, (c) => ENTITIES[c])
}

/** A number of an SVG attribute, to a tenth of a unit. */
export function svgNumber(value: number): string {
  return String(Math.round(value * 10) / 10)
}
