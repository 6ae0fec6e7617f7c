// A text that is rewritten while every unit remembers where it came from, so that an indicator can say how it was seen.

/** Text plus, when it was rewritten, for each unit its offset in the original. */
export class MappedText {
  readonly original: string;
  readonly text: string;
  readonly #offsets: Uint32Array | undefined;

  constructor(original: string, text: string = original, offsets?: Uint32Array) {
    this.original = original;
    this.text = text;
    this.#offsets = offsets;
  }

  /** What stood in the original where `[from, to)` stands now. */
  seen(from: number, to: number): string {
    if (to <= from) return '';
    return this.original.slice(this.#origin(from), to < this.text.length ? this.#origin(to) : this.original.length);
  }

  /** Rewrites every match; a replacement takes the place of its match's first unit. `undefined` leaves the match. */
  rewrite(pattern: RegExp, replace: (match: RegExpExecArray) => string | undefined): MappedText {
    const parts: string[] = [];
    const offsets: number[] = [];
    let from = 0;
    for (const match of this.text.matchAll(pattern)) {
      const replacement = replace(match);
      if (replacement === undefined || replacement === match[0]) continue;
      parts.push(this.text.slice(from, match.index), replacement);
      for (let at = from; at < match.index; at++) offsets.push(this.#origin(at));
      for (let at = 0; at < replacement.length; at++) offsets.push(this.#origin(match.index));
      from = match.index + match[0].length;
    }
    if (parts.length === 0) return this;
    for (let at = from; at < this.text.length; at++) offsets.push(this.#origin(at));
    parts.push(this.text.slice(from));
    return new MappedText(this.original, parts.join(''), Uint32Array.from(offsets));
  }

  #origin(at: number): number {
    return this.#offsets?.[at] ?? at;
  }
}
