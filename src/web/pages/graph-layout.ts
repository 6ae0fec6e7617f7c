// Where the nodes around a middle go: on an ellipse, half of them with their words to the left, half to the right.

export interface Place {
  readonly x: number;
  readonly y: number;
  /** 1: words to the right; -1: to the left. */
  readonly side: 1 | -1;
}

const WIDTH = 720;
const ROW = 24;
const MARGIN = 24;
const LEAST = 160;

/** Places of `count` nodes; the drawing grows with them, so that words never cover each other. */
export function placeAround(count: number): {
  readonly places: readonly Place[];
  readonly width: number;
  readonly height: number;
} {
  const right = Math.ceil(count / 2);
  const height = Math.max(LEAST, right * ROW + 2 * MARGIN);
  const places = Array.from({ length: count }, (_, at): Place => {
    const side = at < right ? 1 : -1;
    const [nth, of] = side > 0 ? [at, right] : [at - right, count - right];
    const y = height / 2 + (nth - (of - 1) / 2) * ROW;
    const off = (y - height / 2) / (height / 2);
    return { x: WIDTH / 2 + side * (WIDTH / 5) * Math.sqrt(Math.max(0, 1 - off * off * 0.8)), y, side };
  });
  return { places, width: WIDTH, height };
}
