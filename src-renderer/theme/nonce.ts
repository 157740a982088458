/**
 * The nonce of this page's styles: the server writes it into index.html, and the content security policy lets only
 * style elements pass that carry it.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}

/**
 * Gives the nonce to the package get-nonce, by the name under which it looks for it: the dialogs' scroll lock takes it
 * from there for the style element that it makes.
 */
export function shareStyleNonce(): void {
  Object.assign(window, { __webpack_nonce__: styleNonce() })
}
