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

/** What is written to see whether a machine answers: the whole text. */
const PROBE =
  '[!./](?:ping|help|version|info|status|start|id|whoami|commands)|[./]?ping|test|testing|test message|(?:hello|hi|hey) bot|' +
  'are you (?:a )?(?:bot|robot|real|human)|r u (?:a )?(?:bot|real)|is this a (?:bot|honeypot|robot)|asl|a/s/l|' +
  'eres un bot|voce e um bot|bist du ein bot|es-tu un bot|es tu un bot|ты бот|это бот|вы бот';

/** What worms wrote, and write, around a link to themselves. */
const LURE =
  'is this you|is that you|look @ this|look at this (?:photo|pic|video|foto)|check out (?:this|these|my)|(?:check|see|watch) this out|hilarious|' +
  '(?:funny|crazy) (?:cartoon|picture|pic|photo|video|joke)s?|my (?:photo|pic|picture|new pic)s?|your (?:photo|pic|picture)s?|' +
  'foto|photos? of you|found about you|new cheat|screensaver|my webcam|(?:see|watch) me (?:live )?on (?:my )?(?:web)?cam|lol.{0,20}look|haha|omg|look what|i found this';

/** Traits of wording, as patterns over folded text. */
export const WORDING = {
  credential: pattern(CREDENTIAL),
  lure: pattern(LURE),
  probe: new RegExp(`^(?:${foldedWords(PROBE)})[ ?!.]{0,4}$`, 'u'),
} as const;

/** Folded text without its links. */
export function withoutLinks(folded: string): string {
  return folded.includes('.') ? folded.replaceAll(/(?:https?:\/\/|www\.)\S{1,2048}/g, ' ') : folded;
}

function pattern(words: string): RegExp {
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${foldedWords(words)})(?![\\p{L}\\p{N}])`, 'u');
}

// Plain words beyond ASCII are folded; the syntax around them is ASCII and stays.
function foldedWords(words: string): string {
  return words.replaceAll(/\P{ASCII}+/gu, (word) => foldText(word));
}
