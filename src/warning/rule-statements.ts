// What each rule says, how often it is wrong, and what that was measured on: the figures of docs/benchmarks.md, "Rules".
import type { RuleId, RuleStatement } from './rules.ts';

const TEXTS =
  '25,087 harmless and 3,687 bad short messages and channel lines, judged by models that never saw them, each sent to three decoys (npm run eval:warning -- rules)';
const TRAFFIC =
  '98 made days of traffic in which nothing happens: 40 decoys on 4 networks, with days, weeks and bursts (npm run eval:warning -- signals)';
const CONTAGION =
  '20 made runs of spim and quiet and 400 of the simulator with parameters spread widely (npm run eval:warning -- worms)';
const FILES =
  "25,087 harmless short messages and channel lines, made documents, pictures and archives, and the files of this project's dependencies (npm run eval:warning -- rules proof)";
const QUIET =
  '300 simulated worms that are opened an hour to two days later, and 300 made campaigns of spim with pauses of two hours to 14 days (npm run eval:warning -- quiet)';
const NOT_MEASURED = 'nothing: there is no data with known answers for it yet';
const FAMILIES = 'the same harmless texts, judged as captures are (npm run eval:warning -- rules)';
const CLUSTERS =
  '24 made campaigns whose every phrase is drawn anew, among harmless lines (npm run eval -- campaigns-spintax)';

export const RULE_STATEMENTS: Readonly<Record<RuleId, Omit<RuleStatement, 'id'>>> = {
  'first-harm': {
    says: 'A harmful message touched one decoy',
    wrong: '26 of 339 such warnings were of harmless texts (8 %): one in a thousand harmless texts.',
    data: TEXTS,
  },
  proof: {
    says: 'A capture is proof by itself: a known hash, an exploit, a program posing as something else',
    wrong:
      'None of 25,087 harmless texts and of 1,128 harmless files raised it; each of 60 harmless JavaScript files did, also in an archive.',
    data: FILES,
  },
  'two-decoys': {
    says: 'Two independent decoys were touched by the same harmful message',
    wrong: '36 of 393 such warnings were of harmless texts (9 %): 14 in ten thousand harmless texts.',
    data: TEXTS,
  },
  'three-decoys': {
    says: 'Three independent decoys were touched by the same spam',
    wrong: '11 of 232 such warnings were of harmless texts (5 %): 4 in ten thousand harmless texts.',
    data: TEXTS,
  },
  spread: {
    says: 'It is bad, and grows, is on several networks, or touched ten decoys',
    wrong: '1 of 46 such warnings was of a harmless text (2 %).',
    data: TEXTS,
  },
  contagion: {
    says: 'New senders come as they do when whoever is hit hits others, or had the decoys on their contact lists',
    wrong:
      '1.5 % of runs without contagion were called so, none of the 20 made ones, for which no contact lists are known.',
    data: CONTAGION,
  },
  quiet: {
    says: 'No capture came for a day',
    wrong:
      'Of 459 slow worms called over 278 came back within a week (61 %), of 2,063 campaigns of spim in bursts 1,641 (80 %).',
    data: QUIET,
  },
  outbreak: {
    says: 'More senders came in a quarter of an hour than the series lets one expect',
    wrong: '1 of 9,408 quarters of an hour without an outbreak had a false one; 1 in 2,000 is allowed.',
    data: TRAFFIC,
  },
  silence: {
    says: 'It has given nothing for longer than its own pauses let one expect',
    wrong: 'None was false in 98 days of 40 decoys; 1 in 1,000 quarters of an hour is allowed.',
    data: TRAFFIC,
  },
  'link-down': {
    says: 'A decoy has not been signed on for an hour',
    wrong: 'It is read off the link, not judged.',
    data: NOT_MEASURED,
  },
  'first-touch': {
    says: 'Nobody had ever touched this decoy',
    wrong: 'It is counted, not judged: it is wrong only when captures of before were lost.',
    data: NOT_MEASURED,
  },
  'first-class': {
    says: 'No campaign of this harmful class had been seen on this network',
    wrong: 'The class was wrong in 26 of 339 campaigns called harmful (8 %).',
    data: TEXTS,
  },
  'first-family': {
    says: 'This family had not been seen before',
    wrong: 'None of 25,087 harmless texts was taken for a known family.',
    data: FAMILIES,
  },
  'family-jump': {
    says: 'This family came to a network that it had not been seen on',
    wrong: 'None of 25,087 harmless texts was taken for a known family.',
    data: FAMILIES,
  },
  'family-revival': {
    says: 'This family was thought to rest',
    wrong: 'None of 25,087 harmless texts was taken for a known family.',
    data: FAMILIES,
  },
  'campaign-jump': {
    says: 'The campaign came to a network that it had not been seen on',
    wrong: 'Of 100 pairs of captures put into one campaign 8 belong to different ones.',
    data: CLUSTERS,
  },
  'campaign-revival': {
    says: 'The campaign came back after 30 days of quiet',
    wrong: 'Of 100 pairs of captures put into one campaign 8 belong to different ones.',
    data: CLUSTERS,
  },
};
