// The language of a message: by script where the script tells, else by its commonest words. Short texts stay unknown.
import { wordsOf } from './normalize/words.ts';

/** Characters under which nothing is said. */
const MIN_CHARACTERS = 20;
const MAX_CHARACTERS = 2000;
const MIN_HITS = 2;

const SCRIPTS: readonly (readonly [language: string, pattern: RegExp])[] = [
  ['ja', /[\u3040-\u30ff]/g],
  ['ko', /[\uac00-\ud7af\u1100-\u11ff]/g],
  ['zh', /[\u4e00-\u9fff\u3400-\u4dbf]/g],
  ['ar', /[\u0600-\u06ff]/g],
  ['he', /[\u0590-\u05ff]/g],
  ['th', /[\u0e00-\u0e7f]/g],
  ['el', /[\u0370-\u03ff]/g],
  ['ru', /[\u0400-\u04ff]/g],
];

const WORDS: readonly (readonly [language: string, words: ReadonlySet<string>])[] = (
  [
    [
      'en',
      'the and you to is it that this for your of have are with what me my in on was be can get not just so at but',
    ],
    [
      'de',
      'der die das und ist nicht ich du sie ein eine mit auf für den dem auch wie was hast hier dein deine bist zu von',
    ],
    ['es', 'el la los las que de y es en un una por con para no te tu me se lo esta este como pero más mira aquí hola'],
    [
      'fr',
      'le la les des et est un une que qui pas pour vous tu je ce dans sur avec ton ta mon mais ici voici cette votre',
    ],
    [
      'pt',
      'o a os as que de e um uma não para com você seu sua em no na por mais isso esta este olha foto como aqui do da',
    ],
    [
      'it',
      'il lo la gli le che di e un una non per con sei tuo tua mi ti questo questa sono guarda qui come della del nel',
    ],
    ['pl', 'i w na nie to że się z do jest co jak ty ten ta twoje zobacz tutaj dla mnie ale o za po masz tak czy od'],
    ['nl', 'de het een en van ik je is niet dat met voor op zijn maar hier jouw deze kijk naar ook wat er aan'],
    ['tr', 've bir bu için çok ne var mı da de ben sen ile bak burada senin daha gibi ama'],
  ] as const
).map(([language, words]) => [language, new Set(words.split(' '))] as const);

/** By word: places in WORDS. */
const LANGUAGES_OF: ReadonlyMap<string, readonly number[]> = new Map(
  [...new Set(WORDS.flatMap(([, words]) => [...words]))].map((word) => [
    word,
    WORDS.flatMap(([, words], at) => (words.has(word) ? [at] : [])),
  ]),
);

/** BCP 47 tag of a plain text (not folded), or `undefined` when it is short or unlike all we know. */
export function languageOf(text: string): string | undefined {
  const sample = text.slice(0, MAX_CHARACTERS).replaceAll(/(?:https?:\/\/|www\.)\S{1,500}/gi, ' ');
  const short = sample.trim().length < MIN_CHARACTERS;
  const foreign = /[\u0250-\u1fff\u2070-\uffff]/.test(sample);
  if (!foreign) return short ? undefined : byWords(sample.toLowerCase());
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (short && letters < MIN_CHARACTERS / 2) return undefined;
  for (const [language, pattern] of SCRIPTS) {
    const share = (sample.match(pattern)?.length ?? 0) / Math.max(1, letters);
    if (share >= (language === 'ja' ? 0.1 : 0.3)) return language === 'ru' && /[іїєґ]/i.test(sample) ? 'uk' : language;
  }
  return short ? undefined : byWords(sample.toLowerCase());
}

function byWords(text: string): string | undefined {
  const hits = new Uint16Array(WORDS.length);
  for (const word of wordsOf(text)) {
    for (const at of LANGUAGES_OF.get(word) ?? []) hits[at] = (hits[at] ?? 0) + 1;
  }
  let [best, second] = [0, -1];
  for (let at = 1; at < hits.length; at++) {
    if ((hits[at] ?? 0) > (hits[best] ?? 0)) [best, second] = [at, best];
    else if (second < 0 || (hits[at] ?? 0) > (hits[second] ?? 0)) second = at;
  }
  const most = hits[best] ?? 0;
  return most >= MIN_HITS && most > (second < 0 ? 0 : (hits[second] ?? 0)) ? WORDS[best]?.[0] : undefined;
}
