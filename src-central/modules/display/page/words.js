/** @import { DisplayPicture } from '#shared/contract/central/public.ts' */

/**
 * One thing that the display shows: large, and readable from far away.
 *
 * @typedef {object} Scene
 * @property {'prize' | 'result' | 'words'} kind
 * @property {string} key what it is about; the same key goes on showing the same thing
 * @property {string} label
 * @property {number | null} amountMinor an amount that may grow; null where the figure is text
 * @property {string} whole the figure, or the part of an amount before its fraction
 * @property {string} fraction
 * @property {string} note
 * @property {string} badge empty if there is none
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** From here on a countdown shows seconds. */
const LAST_MINUTES = 10 * MINUTE;

/**
 * What there is to show, in turn: the winning numbers once there are any, otherwise the prizes.
 *
 * @param {DisplayPicture} picture
 * @param {number} now milliseconds since 1970, by the central's clock
 * @returns {[Scene, ...Scene[]]}
 */
export function scenesOf(picture, now) {
  const { raffleEvent, jackpot, results } = picture;
  if (raffleEvent.state === 'cancelled') {
    return [wordScene('This raffle was cancelled', 'Please ask the organiser about your tickets')];
  }
  const [first, ...others] =
    results.length > 0
      ? results.map((result, place) => resultScene(result, place, picture.minorDigits))
      : jackpot.prizes.map((prize) => prizeScene(prize, picture, now));
  return first === undefined ? [wordScene(raffleEvent.name, '')] : [first, ...others];
}

/**
 * @param {string} label
 * @param {string} note
 * @returns {Scene}
 */
export function wordScene(label, note) {
  return {
    kind: 'words',
    key: label,
    label: '',
    amountMinor: null,
    whole: label,
    fraction: '',
    note,
    badge: '',
  };
}

/**
 * @param {DisplayPicture['results'][number]} result
 * @param {number} place
 * @param {number} minorDigits
 * @returns {Scene}
 */
function resultScene({ prizeName, drawNumberText, valueMinor, currency }, place, minorDigits) {
  const { whole, fraction } = moneyParts(valueMinor, currency, minorDigits);
  return {
    kind: 'result',
    key: `${place} ${drawNumberText}`,
    label: 'Winning number',
    amountMinor: null,
    whole: drawNumberText,
    fraction: '',
    note: `${prizeName} · ${whole}${fraction}`,
    badge: '',
  };
}

/**
 * @param {DisplayPicture['jackpot']['prizes'][number]} prize
 * @param {DisplayPicture} picture
 * @param {number} now
 * @returns {Scene}
 */
function prizeScene({ prizeId, name, winnerCount, valueMinor, isAtCap }, picture, now) {
  const { whole, fraction } = moneyParts(valueMinor, picture.jackpot.currency, picture.minorDigits);
  return {
    kind: 'prize',
    key: prizeId,
    label: winnerCount === 1 ? name : `${name} · ${winnerCount} winners`,
    amountMinor: valueMinor,
    whole,
    fraction,
    note: salesNote(picture.raffleEvent, now),
    badge: isAtCap ? 'Maximum reached' : '',
  };
}

/**
 * How selling goes, in the venue's time.
 *
 * @param {DisplayPicture['raffleEvent']} raffleEvent
 * @param {number} now
 */
function salesNote({ state, salesStart, salesEnd, drawAt, timeZone }, now) {
  const [start, end] = [Date.parse(salesStart), Date.parse(salesEnd)];
  if (state === 'suspended') return 'Sales are paused';
  if (state === 'active' && now < start) return `Sales begin ${timeText(start, now, timeZone)}`;
  if (state === 'active' && now < end) {
    return `Sales end ${timeText(end, now, timeZone)} · ${countdown(end - now)}`;
  }
  return drawAt === null || Date.parse(drawAt) < now
    ? 'Sales have ended · the draw follows'
    : `Sales have ended · draw ${timeText(Date.parse(drawAt), now, timeZone)}`;
}

/**
 * `at 20:45`, with the day if it is another one.
 *
 * @param {number} at
 * @param {number} now
 * @param {string} timeZone
 */
export function timeText(at, now, timeZone) {
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  });
  const isToday = day.format(at) === day.format(now);
  return `${isToday ? '' : `on ${day.format(at)} `}at ${time.format(at)}`;
}

/**
 * @param {number} milliseconds
 */
function countdown(milliseconds) {
  const seconds = Math.ceil(milliseconds / SECOND);
  if (milliseconds <= LAST_MINUTES) {
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')} left`;
  }
  const minutes = Math.ceil(milliseconds / MINUTE);
  if (milliseconds <= HOUR) return `${minutes} min left`;
  const hours = Math.floor(minutes / 60);
  return hours < 24 ? `${hours} h ${minutes % 60} min left` : `${Math.floor(hours / 24)} days left`;
}

/**
 * An amount as people at the venue write it, apart from its fraction: `$12,345` and `.50`.
 *
 * How many digits a fraction has is the central's word: browsers go by custom, not by the standard.
 *
 * @param {number} minor
 * @param {string} currency
 * @param {number} minorDigits
 */
export function moneyParts(minor, currency, minorDigits) {
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    minimumFractionDigits: minorDigits,
    maximumFractionDigits: minorDigits,
  });
  const parts = format.formatToParts(minor / 10 ** minorDigits);
  const place = parts.findIndex(({ type }) => type === 'decimal');
  const text = (/** @type {Intl.NumberFormatPart[]} */ some) =>
    some.map(({ value }) => value).join('');
  return place < 0
    ? { whole: text(parts), fraction: '' }
    : { whole: text(parts.slice(0, place)), fraction: text(parts.slice(place)) };
}
