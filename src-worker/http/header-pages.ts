import type { HeaderPage } from './file-version'

/** First pages of files in memory, least recently used forgotten first. */
export class HeaderPages {
  private readonly pages = new Map<string, HeaderPage>()
  private bytes = 0

  /** @param maxBytes Limit of all pages together. */
  constructor(private readonly maxBytes: number) {}

  get(file: string): HeaderPage | undefined {
    const page = this.pages.get(file)
    if (page !== undefined) {
      this.pages.delete(file)
      this.pages.set(file, page)
    }
    return page
  }

  set(file: string, page: HeaderPage): void {
    this.delete(file)
    this.pages.set(file, page)
    this.bytes += page.bytes.length
    for (const oldest of this.pages.keys()) {
      if (this.bytes <= this.maxBytes) break
      this.delete(oldest)
    }
  }

  delete(file: string): void {
    this.bytes -= this.pages.get(file)?.bytes.length ?? 0
    this.pages.delete(file)
  }
}
