// The model as a file: a magic word, a header in JSON (what it is made of and by whom), the vocabulary, and for each
// question one byte a slot; compressed. The same rows give the same bytes.
import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { messageOf, SundewError } from '../../core/error.ts';
import { QUESTIONS, type Question } from './questions.ts';
import { TRAITS } from './shape.ts';
import type { Learnt } from './trainer.ts';
import { SLOT_COUNT, type Vocabulary } from './vocabulary.ts';

const MAGIC = 'SUNDEW-MODEL-1\n';
const MAX_HEADER_BYTES = 64 * 1024;
/** Compressed; the shipped one has under 1 MiB. */
export const MAX_MODEL_BYTES = 8 * 1024 * 1024;
const PLANES = QUESTIONS.length + 2;
const MAX_UNPACKED = MAGIC.length + 4 + MAX_HEADER_BYTES + PLANES * SLOT_COUNT;

const Source = z.strictObject({
  name: z.string().max(100),
  rows: z.number().int().min(0),
  licence: z.string().max(100),
  by: z.string().max(400),
});
const Header = z.strictObject({
  version: z.string().max(80),
  madeOf: z.array(Source).max(20).readonly(),
  corrections: z.number().int().min(0),
  questions: z
    .array(
      z.strictObject({
        question: z.enum(QUESTIONS),
        scale: z.number(),
        slope: z.number(),
        offset: z.number(),
        border: z.number(),
        constant: z.number(),
        traits: z.array(z.number()).length(TRAITS.length),
      }),
    )
    .length(QUESTIONS.length),
});

/** What a model says of itself. */
export type ModelHeader = z.infer<typeof Header>;
export type ModelSource = z.infer<typeof Source>;

/** A question as the model answers it: quantised weights by slot. */
export interface QuantisedAnswer {
  readonly question: Question;
  readonly weights: Int8Array;
  /** What one step of a weight is worth. */
  readonly scale: number;
  readonly traits: Float64Array;
  readonly constant: number;
  readonly slope: number;
  readonly offset: number;
  readonly border: number;
}

export interface ModelContent {
  readonly header: ModelHeader;
  readonly vocabulary: Vocabulary;
  readonly answers: readonly QuantisedAnswer[];
}

/** Writes what was learnt. */
export function packModel(learnt: Learnt, madeOf: readonly ModelSource[], corrections: number): Uint8Array {
  const planes = new Uint8Array(PLANES * SLOT_COUNT);
  planes.set(learnt.vocabulary.checks, 0);
  planes.set(learnt.vocabulary.rarities, SLOT_COUNT);
  const questions = learnt.answers.map((answer, at) => {
    const { question, weights, slope, offset, border } = answer;
    const scale = quantise(weights, new Int8Array(planes.buffer, (at + 2) * SLOT_COUNT, SLOT_COUNT));
    const traits = [...weights.subarray(SLOT_COUNT, SLOT_COUNT + TRAITS.length)].map(rounded);
    const constant = rounded(weights[SLOT_COUNT + TRAITS.length] ?? 0);
    return {
      question,
      scale,
      slope: rounded(slope),
      offset: rounded(offset),
      border: rounded(border),
      constant,
      traits,
    };
  });
  const digest = createHash('sha256').update(planes).update(JSON.stringify(questions)).digest('hex').slice(0, 12);
  const version = corrections > 0 ? `${digest}-with-${corrections}-corrections` : digest;
  const header = Buffer.from(JSON.stringify({ version, madeOf, corrections, questions } satisfies ModelHeader));
  const size = Buffer.alloc(4);
  size.writeUInt32BE(header.length);
  return gzipSync(Buffer.concat([Buffer.from(MAGIC), size, header, planes]), { level: 9 });
}

/** Reads a model file. @throws SundewError INPUT_INVALID */
export function unpackModel(packed: Uint8Array): ModelContent {
  try {
    const bytes = Uint8Array.from(gunzipSync(packed, { maxOutputLength: MAX_UNPACKED }));
    if (Buffer.from(bytes.subarray(0, MAGIC.length)).toString('latin1') !== MAGIC) throw new Error('no magic word');
    const from = MAGIC.length + 4;
    const length = new DataView(bytes.buffer).getUint32(MAGIC.length);
    if (bytes.length !== from + length + PLANES * SLOT_COUNT) throw new Error('it has the wrong size');
    const header = Header.parse(JSON.parse(new TextDecoder().decode(bytes.subarray(from, from + length))));
    const plane = (at: number): Uint8Array => bytes.subarray(from + length + at * SLOT_COUNT).subarray(0, SLOT_COUNT);
    const answers = header.questions.map((answer, at): QuantisedAnswer => {
      if (answer.question !== QUESTIONS[at]) throw new Error('its questions are others');
      const { buffer, byteOffset } = plane(at + 2);
      return {
        ...answer,
        weights: new Int8Array(buffer, byteOffset, SLOT_COUNT),
        traits: Float64Array.from(answer.traits),
      };
    });
    return { header, vocabulary: { checks: plane(0), rarities: plane(1) }, answers };
  } catch (cause) {
    const why = `this is no model of this version of Sundew (${messageOf(cause).slice(0, 200)}); make it again: sundew model train`;
    throw new SundewError('INPUT_INVALID', why, { cause });
  }
}

/** One byte a weight. @returns what a step is worth */
function quantise(weights: Float64Array, out: Int8Array): number {
  let most = 1e-9;
  for (let slot = 0; slot < SLOT_COUNT; slot++) most = Math.max(most, Math.abs(weights[slot] ?? 0));
  const scale = rounded(most / 127);
  for (let slot = 0; slot < SLOT_COUNT; slot++) out[slot] = Math.round((weights[slot] ?? 0) / scale);
  return scale;
}

function rounded(value: number): number {
  return Number(value.toPrecision(9));
}
