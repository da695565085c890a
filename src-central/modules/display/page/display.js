/** @import { DisplayPicture } from '#shared/contract/central/public.ts' */
/** @import { Scene } from './words.js' */
import { moneyParts, scenesOf, timeText, wordScene } from './words.js';

/** How long one prize, or one winning number, is shown before the next. */
const TURN_MS = 8_000;

/** The central sends a picture at least every ten seconds. */
const SILENCE_MS = 25_000;

const RETRY_MS = 5_000;
const TICK_MS = 250;

/** How long an amount takes to grow to what it has become. */
const GROWTH_MS = 1_400;

const eventIdentifier = decodeURIComponent(location.pathname.split('/').at(-1) ?? '');
const address = `/v1/public/raffle-events/${encodeURIComponent(eventIdentifier)}`;
const isStill = matchMedia('(prefers-reduced-motion: reduce)');

/** @type {DisplayPicture | undefined} */
let picture;
/** @type {Scene | undefined} */
let unknown;
/** What the central's clock is ahead of this computer's. */
let ahead = 0;
let heardAt = Date.now();
let shownKey = '';
let shownFigure = '';
/** @type {{ readonly key: string; readonly from: number; to: number; since: number } | undefined} */
let growth;

connect();
setInterval(tick, TICK_MS);
addEventListener('resize', fitFigure);
void document.fonts.ready.then(fitFigure);
addEventListener('click', () => void document.documentElement.requestFullscreen());
document.addEventListener('visibilitychange', stayAwake);
stayAwake();

/** Follows the central, for ever: a display that nobody looks after comes back by itself. */
function connect() {
  const source = new EventSource(`${address}/stream`);
  source.addEventListener('picture', ({ data }) => {
    const told = /** @type {DisplayPicture} */ (JSON.parse(data));
    picture = told;
    unknown = undefined;
    heardAt = Date.now();
    ahead = Date.parse(told.serverTime) - heardAt;
    tick();
  });
  source.addEventListener('error', () => {
    if (source.readyState !== EventSource.CLOSED) return;
    void learnWhy();
    setTimeout(connect, RETRY_MS);
  });
}

async function learnWhy() {
  const response = await fetch(address).catch(() => undefined);
  if (response?.status !== 404) return;
  picture = undefined;
  unknown = wordScene('No such raffle', `Nothing is known as “${eventIdentifier}”`);
  tick();
}

function tick() {
  const now = Date.now();
  const scenes =
    picture === undefined
      ? [unknown ?? wordScene('Please wait', 'The display is connecting')]
      : scenesOf(picture, now + ahead);
  const turn = Math.floor(now / TURN_MS) % scenes.length;
  const scene = scenes[turn];
  if (scene === undefined) return;
  showSurroundings(now);
  showSteps(scenes.length, turn);
  showScene(scene, now);
}

/** @param {number} now */
function showSurroundings(now) {
  const isLive = picture !== undefined && now - heardAt < SILENCE_MS;
  document.body.dataset['live'] = String(isLive);
  if (picture === undefined) return;
  const { raffleEvent, jackpot } = picture;
  const { organisationName, name, venueName, licenceNumber, timeZone } = raffleEvent;
  write('organisation', organisationName);
  write('name', name);
  document.title = `${name} – ${organisationName}`;
  element('demo').hidden = !raffleEvent.isDemo;
  write(
    'place',
    [venueName, eventIdentifier, licenceNumber === null ? null : `Licence ${licenceNumber}`]
      .filter((part) => part !== null)
      .join(' · '),
  );
  const asOf = timeText(Date.parse(jackpot.asOf), now + ahead, timeZone);
  write('live', isLive ? `Live · as known ${asOf}` : `Not live · as known ${asOf}`);
}

/**
 * @param {number} count
 * @param {number} turn
 */
function showSteps(count, turn) {
  const steps = element('steps');
  steps.hidden = count < 2;
  if (steps.children.length !== count) {
    steps.replaceChildren(...Array.from({ length: count }, () => document.createElement('li')));
  }
  for (const [place, step] of [...steps.children].entries()) {
    step.classList.toggle('now', place === turn);
  }
}

/**
 * @param {Scene} scene
 * @param {number} now
 */
function showScene(scene, now) {
  const isNew = scene.key !== shownKey;
  shownKey = scene.key;
  document.body.dataset['scene'] = scene.kind;
  write('label', scene.label);
  write('note', scene.note);
  write('badge', scene.badge);
  element('badge').hidden = scene.badge === '';
  if (scene.amountMinor === null) showFigure(scene);
  else grow(scene.key, scene.amountMinor, now);
  if (isNew && !isStill.matches) {
    element('scene').animate(
      [
        { opacity: 0, transform: 'translateY(2vh)' },
        { opacity: 1, transform: 'none' },
      ],
      { duration: 500, easing: 'ease-out' },
    );
  }
}

/**
 * Shows an amount. One that has grown meanwhile counts up to what it is now; anything else, a void
 * above all, is shown at once.
 *
 * @param {string} key
 * @param {number} amount
 * @param {number} now
 */
function grow(key, amount, now) {
  if (growth === undefined || growth.key !== key || amount < growth.to || isStill.matches) {
    growth = { key, from: amount, to: amount, since: now };
  } else if (amount > growth.to) {
    growth = { key, from: amountAt(growth, now), to: amount, since: now };
    requestAnimationFrame(count);
  }
  showAmount(amountAt(growth, now));
}

function count() {
  if (growth === undefined || growth.key !== shownKey) return;
  const now = Date.now();
  showAmount(amountAt(growth, now));
  if (now < growth.since + GROWTH_MS) requestAnimationFrame(count);
}

/**
 * @param {NonNullable<typeof growth>} some
 * @param {number} now
 */
function amountAt({ from, to, since }, now) {
  const left = 1 - Math.min(1, (now - since) / GROWTH_MS);
  return Math.round(to - (to - from) * left ** 3);
}

/** @param {number} minor */
function showAmount(minor) {
  if (picture === undefined) return;
  showFigure(moneyParts(minor, picture.jackpot.currency, picture.minorDigits));
}

/** @param {{ readonly whole: string; readonly fraction: string }} figure */
function showFigure({ whole, fraction }) {
  write('whole', whole);
  write('fraction', fraction);
  if (whole.length + fraction.length === shownFigure.length) return;
  shownFigure = whole + fraction;
  fitFigure();
}

/** Makes the figure as large as the screen allows. */
function fitFigure() {
  const figure = element('figure');
  figure.style.setProperty('--fit', '1');
  const fit = figure.clientWidth / Math.max(1, figure.scrollWidth);
  figure.style.setProperty('--fit', String(Math.min(1, fit * 0.99)));
}

/** Asks the computer not to switch its screen off, where it lets a page ask. */
function stayAwake() {
  if (document.visibilityState !== 'visible') return;
  navigator.wakeLock?.request('screen').catch(() => undefined);
}

/**
 * @param {string} id
 * @param {string} text
 */
function write(id, text) {
  const target = element(id);
  if (target.textContent !== text) target.textContent = text;
}

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function element(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no ${id}`);
  return found;
}
