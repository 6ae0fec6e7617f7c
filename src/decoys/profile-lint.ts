// What a decoy's name and profile may not say (I-21): no age, no offer, no invitation, nobody's brand.
const OFFERS = /\b(?:buy|sell|sale|offer|free|cheap|deal|dating|date me|single|sexy|escort|hot|crypto|invest|jobs?)\b/i;
const AGES = /\b(?:1[0-7]|[1-9])\s?(?:yo|yrs?|years?|f|m)\b|\b(?:teen|minor|schoolgirl|schoolboy|kid)\b/i;
const BRANDS =
  /\b(?:paypal|microsoft|google|apple|amazon|facebook|whatsapp|telegram|discord|visa|mastercard|admin|support)\b/i;

/** Why a name or profile text may not be a decoy's, or `undefined`. */
export function lintProfile(text: string): string | undefined {
  const words = text.replaceAll(/[._@-]+/g, ' ');
  if (AGES.test(words)) return 'claims an age or names minors';
  if (OFFERS.test(words)) return 'offers or invites';
  if (BRANDS.test(words)) return 'names a brand or an office that is not ours';
  return undefined;
}
