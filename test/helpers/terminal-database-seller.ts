import { placesBelow, playOn, prepareUsable, sellOne } from './terminal-database-places.ts';

/**
 * A process that sells until it is killed: `node terminal-database-seller.ts FOLDER`.
 *
 * Prints what its start found as one line of JSON, then the number of the entry of each sale once it
 * may be told.
 */

const data = await prepareUsable(placesBelow(String(process.argv[2])));
const { kind, rebuilt, mustCompareHeads, storage } = data;
const headSeq = storage.unitOfWork.rows.head().seq;
process.stdout.write(`${JSON.stringify({ kind, rebuilt, mustCompareHeads, headSeq })}\n`);

const player = playOn(data);
for (;;) {
  process.stdout.write(`${await sellOne(data, player)}\n`);
}
