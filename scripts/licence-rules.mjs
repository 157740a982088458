// Which licences may be in the program, and those that packages tell in their own words.

/** Licences that let the program be passed on under its own, as long as their texts go with it. */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MPL-2.0',
  'Unlicense',
  'Zlib',
])

/** Packages that name no licence of the list: what their licence files say, and the version they were read of. */
const READ = {
  'h5wasm@0.10.3': 'statement of NIST (free use, notice kept), and the licence of HDF5 (like BSD-3-Clause)',
  'dejavu-fonts-ttf@2.37.3':
    'licences of the Bitstream Vera and Arev fonts; changes of DejaVu in the public domain',
}

/**
 * Judges what a package says of its licence.
 * @param {{ name: string, version: string, license?: unknown }} description its package file
 * @returns {{ licence: string, allowed: boolean }} the licence in words, and whether it may be in the program
 */
export function judgeLicence({ name, version, license }) {
  const read = READ[`${name}@${version}`]
  if (read !== undefined) return { licence: read, allowed: true }
  if (typeof license !== 'string') return { licence: 'none named', allowed: false }
  return { licence: license, allowed: isAllowed(license) }
}

/** Of alternatives one must be allowed, of licences that hold together all. */
function isAllowed(expression) {
  const plain = expression.replaceAll(/[()]/g, ' ')
  const isMixed = / AND /.test(plain) && / OR /.test(plain)
  if (isMixed) return false
  if (/ OR /.test(plain)) return plain.split(' OR ').some((id) => ALLOWED.has(id.trim()))
  return plain.split(' AND ').every((id) => ALLOWED.has(id.trim()))
}
