// A set of entry numbers that stays small at millions of entries: 8 KiB for each 65,536 numbers touched.
const PAGE_BITS = 65_536;

export class SeqSet {
  readonly #pages = new Map<number, Uint8Array>();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  has(seq: number): boolean {
    const byte = this.#pages.get(Math.floor(seq / PAGE_BITS))?.[(seq % PAGE_BITS) >> 3] ?? 0;
    return (byte & (1 << (seq & 7))) !== 0;
  }

  add(seq: number): void {
    if (this.has(seq)) return;
    const number = Math.floor(seq / PAGE_BITS);
    const page = this.#pages.get(number) ?? new Uint8Array(PAGE_BITS / 8);
    this.#pages.set(number, page);
    const at = (seq % PAGE_BITS) >> 3;
    page[at] = (page[at] ?? 0) | (1 << (seq & 7));
    this.#size += 1;
  }

  *[Symbol.iterator](): Generator<number> {
    for (const [number, page] of this.#pages) {
      for (let at = 0; at < PAGE_BITS; at += 1) {
        if (((page[at >> 3] ?? 0) & (1 << (at & 7))) !== 0) yield number * PAGE_BITS + at;
      }
    }
  }
}
