// Makes data/model.bin.gz from data/training.tsv.gz: `node src/analysis/classify/train.ts`. Same data, same bytes.
import { writeFileSync } from 'node:fs';
import { pack } from './model.ts';
import { fitQuestion, trainingRows } from './training-data.ts';

const rows = trainingRows();
const unsolicited = fitQuestion(rows, (row) => row.label !== 'ham');
// Only this source tells phishing from other unsolicited messages.
const labelled = rows.filter((row) => row.source === 'mendeley' && row.label !== 'ham');
const phishing = fitQuestion(labelled, (row) => row.label === 'smishing');
const packed = pack([unsolicited, phishing]);
writeFileSync(new URL('../data/model.bin.gz', import.meta.url), packed);
process.stdout.write(`${rows.length} texts, ${packed.length} bytes\n`);
