#!/usr/bin/env node
import { createCipheriv, createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import process from 'node:process';

/*
 * Works a draw out again from its exported file and compares: node verify-draw.mjs FILE
 *
 * It shares no code with the program that drew; docs/draw.md is all that both follow. Exit code 0: the
 * file agrees with itself. 1: it differs; each line says where. 2: it cannot be read.
 */

const AGREES = 0;
const DIFFERS = 1;
const UNREADABLE = 2;

/**
 * @typedef {{ kind: 'fixed', valueMinor: number }
 *   | { kind: 'percentage', hundredthsOfPercent: number, capMinor: number | null }} Award
 * @typedef {{ prizeId: string, winnerCount: number, award: Award }} Prize
 * @typedef {{ order: number, prizeId: string, drawNumber: number, valueMinor: number }} Outcome
 * @typedef {{
 *   format: string, version: number, method: string, seed: string, staysIn: boolean,
 *   netSalesMinor: number, prizes: Prize[], results: Outcome[],
 *   pool: { sha256: string, size: number, ranges: [number, number][] },
 * }} DrawFile
 */

process.exitCode = main(process.argv.slice(2));

/** @param {string[]} args */
function main(args) {
  const [path] = args;
  if (path === undefined || args.length > 1)
    return say(UNREADABLE, ['usage: verify-draw.mjs FILE']);
  let differences;
  try {
    differences = findDifferences(readDrawFile(path));
  } catch (error) {
    return say(UNREADABLE, [`unreadable: ${error instanceof Error ? error.message : error}`]);
  }
  if (differences.length > 0) return say(DIFFERS, differences);
  return say(AGREES, [
    'agrees: pool, winning numbers and values follow from the seed and the sales',
  ]);
}

/** @param {number} exitCode @param {string[]} lines */
function say(exitCode, lines) {
  process.stdout.write(lines.map((line) => `${line}\n`).join(''));
  return exitCode;
}

/** @param {string} path @returns {DrawFile} */
function readDrawFile(path) {
  const file = JSON.parse(readFileSync(path, 'utf8'));
  if (file?.format !== 'counterfoil-draw' || file.version !== 1) {
    throw new Error('not a draw file of version 1');
  }
  if (file.method !== 'electronic') throw new Error('these numbers were drawn by hand');
  if (!/^[0-9a-f]{64}$/.test(file.seed)) throw new Error('the seed is not 64 hexadecimal digits');
  return file;
}

/** @param {DrawFile} file */
function findDifferences(file) {
  const pool = expandPool(file.pool.ranges);
  const sha256 = createHash('sha256')
    .update(pool.map((number) => `${number}\n`).join(''))
    .digest('hex');
  return [
    ...compare('pool size', file.pool.size, pool.length),
    ...compare('pool SHA-256', file.pool.sha256, sha256),
    ...compare('results', file.results.map(lineOf), workOut(file, pool).map(lineOf)),
  ];
}

/** @param {[number, number][]} ranges @returns {number[]} */
function expandPool(ranges) {
  /** @type {number[]} */
  const numbers = [];
  for (const [first, last] of ranges) {
    if (first <= (numbers.at(-1) ?? -1) || last < first)
      throw new Error('the pool does not ascend');
    for (let number = first; number <= last; number += 1) numbers.push(number);
  }
  return numbers;
}

/** @param {DrawFile} file @param {number[]} pool @returns {Outcome[]} */
function workOut({ seed, staysIn, netSalesMinor, prizes }, pool) {
  const rawValues = readRawValues(Buffer.from(seed, 'hex'));
  const left = [...pool];
  /** @type {Outcome[]} */
  const results = [];
  for (const { prizeId, winnerCount, award } of prizes) {
    const valueMinor = prizeValue(award, netSalesMinor);
    for (let winner = 0; winner < winnerCount; winner += 1) {
      if (left.length === 0) throw new Error('there are fewer numbers than prizes');
      const index = chooseIndex(rawValues, left.length);
      results.push({
        order: results.length + 1,
        prizeId,
        drawNumber: Number(left[index]),
        valueMinor,
      });
      if (!staysIn) left.splice(index, 1);
    }
  }
  return results;
}

/** @param {Buffer} seed @returns {Generator<bigint, never>} */
function* readRawValues(seed) {
  // OpenSSL's initial value: the block counter of 4 bytes, then the nonce of 12. All are zero.
  const cipher = createCipheriv('chacha20', seed, Buffer.alloc(16));
  for (;;) yield cipher.update(Buffer.alloc(8)).readBigUInt64BE();
}

/** @param {Generator<bigint, never>} rawValues @param {number} count */
function chooseIndex(rawValues, count) {
  const intervalLength = 2n ** 64n / BigInt(count);
  for (;;) {
    const index = rawValues.next().value / intervalLength;
    if (index < BigInt(count)) return Number(index);
  }
}

/** @param {Award} award @param {number} netSalesMinor */
function prizeValue(award, netSalesMinor) {
  if (award.kind === 'fixed') return award.valueMinor;
  const share = Number((BigInt(netSalesMinor) * BigInt(award.hundredthsOfPercent)) / 10_000n);
  return award.capMinor === null ? share : Math.min(share, award.capMinor);
}

/** @param {Outcome} outcome */
function lineOf({ order, prizeId, drawNumber, valueMinor }) {
  return `${order}. number ${drawNumber} wins ${valueMinor} of prize ${prizeId}`;
}

/**
 * @template {string | number | string[]} Value
 * @param {string} what @param {Value} recorded @param {Value} workedOut
 * @returns {string[]}
 */
function compare(what, recorded, workedOut) {
  if (!Array.isArray(recorded) || !Array.isArray(workedOut)) {
    return recorded === workedOut
      ? []
      : [`differs: ${what}: recorded ${recorded}, worked out ${workedOut}`];
  }
  const length = Math.max(recorded.length, workedOut.length);
  return Array.from({ length }, (_, place) =>
    compare(what, recorded[place] ?? 'nothing', workedOut[place] ?? 'nothing'),
  ).flat();
}
