// A text that is rewritten while every unit remembers where it came from, so that an indicator or a reason can point at
// the original.

/** `[from, to)` in UTF-16 units. */
export interface TextRange {
  readonly from: number;
  readonly to: number;
}

/** One stretch to be replaced. */
export interface Edit extends TextRange {
  readonly by: string;
}

interface Offsets {
  /** For each unit, where in the original it begins. */
  readonly starts: Uint32Array;
  /** For each unit, where in the original it ends. */
  readonly ends: Uint32Array;
}

/**
 * Text with, for each unit, the stretch of the original it stands for. Starts and ends never fall from one unit to the
 * next, so that what lies inside another stretch lies inside it in the original, too.
 */
export class MappedText {
  readonly original: string;
  readonly text: string;
  readonly #offsets: Offsets | undefined;

  constructor(original: string, text: string = original, offsets?: Offsets) {
    this.original = original;
    this.text = text;
    this.#offsets = offsets;
  }

  /** The stretch of the original that `[from, to)` stands for; empty for an empty stretch. */
  originalRange(from: number, to: number): TextRange {
    const [first, last] = [Math.max(0, from), Math.min(to, this.text.length)];
    if (last > first) return { from: this.#start(first), to: this.#end(last - 1) };
    const at = first < this.text.length ? this.#start(first) : this.original.length;
    return { from: at, to: at };
  }

  /** What stood in the original where `[from, to)` stands now. */
  seen(from: number, to: number): string {
    const range = this.originalRange(from, to);
    return this.original.slice(range.from, range.to);
  }

  /**
   * Rewrites every match, or the first `max` that there are. `undefined` leaves a match; the units of a replacement stand
   * for the whole match.
   */
  rewrite(pattern: RegExp, replace: (match: RegExpExecArray) => string | undefined, max = Infinity): MappedText {
    const edits: Edit[] = [];
    let asked = 0;
    for (const match of this.text.matchAll(pattern)) {
      if (++asked > max) break;
      const by = replace(match);
      if (by !== undefined && by !== match[0]) edits.push({ from: match.index, to: match.index + match[0].length, by });
    }
    return this.edit(edits);
  }

  /** Replaces stretches, given in order and apart from one another. */
  edit(edits: readonly Edit[]): MappedText {
    if (edits.length === 0) return this;
    const length = edits.reduce((sum, { from, to, by }) => sum + by.length - (to - from), this.text.length);
    const offsets = { starts: new Uint32Array(length), ends: new Uint32Array(length) };
    const parts: string[] = [];
    let [read, written] = [0, 0];
    for (const { from, to, by } of edits) {
      parts.push(this.text.slice(read, from), by);
      written = this.#copy(offsets, read, from, written);
      const range = this.originalRange(from, to);
      offsets.starts.fill(range.from, written, written + by.length);
      offsets.ends.fill(range.to, written, written + by.length);
      written += by.length;
      read = to;
    }
    parts.push(this.text.slice(read));
    this.#copy(offsets, read, this.text.length, written);
    return new MappedText(this.original, parts.join(''), offsets);
  }

  /** The part `[from, to)`; the original stays whole. */
  slice(from: number, to: number = this.text.length): MappedText {
    if (from <= 0 && to >= this.text.length) return this;
    const edits: Edit[] = [];
    if (from > 0) edits.push({ from: 0, to: from, by: '' });
    if (to < this.text.length) edits.push({ from: Math.max(from, to), to: this.text.length, by: '' });
    return this.edit(edits);
  }

  #copy(into: Offsets, from: number, to: number, at: number): number {
    if (this.#offsets === undefined) {
      for (let unit = from; unit < to; unit++) {
        into.starts[at + unit - from] = unit;
        into.ends[at + unit - from] = unit + 1;
      }
    } else {
      into.starts.set(this.#offsets.starts.subarray(from, to), at);
      into.ends.set(this.#offsets.ends.subarray(from, to), at);
    }
    return at + to - from;
  }

  #start(at: number): number {
    return this.#offsets?.starts[at] ?? at;
  }

  #end(at: number): number {
    return this.#offsets?.ends[at] ?? at + 1;
  }
}
