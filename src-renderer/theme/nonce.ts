/**
 * The nonce of this page's styles: the server writes it into index.html, and the content security policy lets only
 * style elements pass that carry it.
 */
export function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? ''
}
