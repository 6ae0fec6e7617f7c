// States of many series: numbers in large slabs, since an array for each series would cost more than what is in it.

const SERIES_OF_A_SLAB = 1024;

/** Hands out a place for each series, zeros at first. */
export class SeriesStates {
  readonly #stride: number;
  readonly #places = new Map<string, number>();
  readonly #slabs: Float64Array[] = [];

  /** `stride` numbers a series. */
  constructor(stride: number) {
    this.#stride = stride;
  }

  /** Series that have a place. */
  get size(): number {
    return this.#places.size;
  }

  has(series: string): boolean {
    return this.#places.has(series);
  }

  /** The slab that a series is in, and where it begins there. */
  of(series: string): readonly [slab: Float64Array, start: number] {
    const known = this.#places.get(series);
    const place = known ?? this.#places.size;
    const index = Math.floor(place / SERIES_OF_A_SLAB);
    const slab = this.#slabs[index] ?? new Float64Array(SERIES_OF_A_SLAB * this.#stride);
    this.#slabs[index] = slab;
    if (known === undefined) this.#places.set(series, place);
    return [slab, (place % SERIES_OF_A_SLAB) * this.#stride];
  }
}
