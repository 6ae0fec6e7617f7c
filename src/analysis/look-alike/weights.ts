// Weights of the look-alike score, in the order of the features, the bias last. Written by `node bench/look-alike.ts`.

export const WEIGHTS: readonly number[] = [
  2.559, // likeness
  1.7296, // holds a brand
  -0.1284, // close to a brand
  2.1565, // whole name close to a brand
  0.7187, // share of the name
  1.6064, // brand length
  2.1333, // is a brand elsewhere
  2.5074, // brand in front
  2.4791, // one lure word
  2.1964, // more lure words
  0.0195, // lure word beside a brand
  1.1023, // hyphens
  1.3551, // digits
  0.938, // length
  3.3926, // free suffix
  2.4626, // cheap suffix
  2.0768, // ru suffix
  -0.3103, // com suffix
  -0.8028, // country suffix
  0.6944, // letters beyond ASCII
  -0.0276, // stand-ins
  0.1185, // doubled letters
  0.4337, // consonants in a row
  -3.2482, // bias
];
