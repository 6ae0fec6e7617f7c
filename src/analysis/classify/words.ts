// Words that tell what a sender is after, folded like the texts they are looked for in.
import { foldText } from '../normalize/fold.ts';

/** What somebody asks for who is after an account. */
const CREDENTIAL =
  '(?:verify|confirm|validate|unlock|restore) your (?:account|identity|login|bank|card|details|wallet|information|email|e-mail)|' +
  '(?:log|sign) ?in (?:to|at|here|now|with)|enter your (?:password|login|pin|details)|your (?:password|passwort) (?:expires|has|was|will)|' +
  'contraseña|ваш пароль|введите пароль|pls verify|please verify|' +
  'account (?:is|was|has been|will be) (?:suspended|locked|limited|blocked|closed)|suspended|security alert|unusual activity|' +
  'seed phrase|recovery phrase|two-factor|2fa|one-time code|update your (?:details|billing|payment)|free nitro|nitro for free|' +
  'konto (?:gesperrt|bestätigen)|vérifiez votre|verifique su|подтвердите';

/** What somebody writes who wants money or a long talk, without any link. */
const SCAM =
  'hi mum|hi mom|hello mum|new number|wrong number|gift card|western union|bitcoin investment|crypto invest|trading signals|' +
  'double your|guaranteed (?:profit|return|income)|work from home|part-time job|per day from|inheritance|lottery|beneficiary|' +
  'you have won|you won|claim your prize|i accidentally reported|арбитраж криптовалют|пассивный доход|дополнительный доход|заработок|заработка';

/** What worms wrote, and write, around a link to themselves. */
const LURE =
  'is this you|is that you|look @ this|look at this (?:photo|pic|video|foto)|check out (?:this|these|my)|my (?:photo|pic|picture|new pic)s?|your (?:photo|pic|picture)s?|' +
  'foto|photos? of you|found about you|new cheat|screensaver|my webcam|lol.{0,20}look|haha|omg|look what|i found this';

/** Traits of wording, as patterns over folded text. */
export const WORDING = {
  credential: pattern(CREDENTIAL),
  scam: pattern(SCAM),
  lure: pattern(LURE),
} as const;

function pattern(words: string): RegExp {
  // Plain words beyond ASCII are folded; the syntax around them is ASCII and stays.
  const folded = words.replaceAll(/\P{ASCII}+/gu, (word) => foldText(word));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${folded})(?![\\p{L}\\p{N}])`, 'u');
}
