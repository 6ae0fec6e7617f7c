// Weights of the look-alike score, in the order of the features, the bias last. Written by `node bench/look-alike.ts`.

export const WEIGHTS: readonly number[] = [
  2.698, // likeness
  1.735, // holds a brand
  -0.369, // close to a brand
  2.263, // whole name close to a brand
  0.71, // share of the name
  1.512, // brand length
  2.163, // is a brand elsewhere
  0.591, // brand in front
  2.512, // one lure word
  2.194, // more lure words
  -0.263, // lure word beside a brand
  1.113, // hyphens
  1.364, // digits
  1.006, // length
  3.429, // free suffix
  2.506, // cheap suffix
  2.084, // ru suffix
  -0.285, // com suffix
  -0.841, // country suffix
  0.698, // letters beyond ASCII
  -0.136, // stand-ins
  0.131, // doubled letters
  0.464, // consonants in a row
  4.345, // subdomains
  -3.346, // bias
];
