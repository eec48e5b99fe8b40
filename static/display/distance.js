/**
 * Sizes on a screen that is too small for its viewing distance. The called number keeps its height.
 * So that four recent calls fit, sentences become smaller first, then everything but the called
 * number is set for a shorter distance.
 */

import { setPhysicalSize } from '../js/mm.js';

const WANTED_ROWS = 4;
const ROW_PER_DIGIT = 1.1; // least height of a row of recent calls, in heights of a digit
const AIRY_ROW_PER_DIGIT = { landscape: 1.4, portrait: 1.25 }; // where there is room
const SIDE_LINES = 3; // of the lists below the calls, on a portrait screen
const STEP = 0.97;
const LEAST_SENTENCE = 0.6; // of its proper size
const SHORTEST_M = 4.5; // nearer than that, recent calls have their least height anyway

const root = document.documentElement;
let fitted = { room: '', rows: WANTED_ROWS };
const configured = parseFloat(getComputedStyle(root).getPropertyValue('--distance'));

/**
 * Set the sizes for this screen. Where no recent calls are shown there is room enough.
 *
 * @returns {number} how many rows of recent calls fit
 */
export function fitDistance() {
  const room = roomNow();
  if (room !== fitted.room) fitted = { room, rows: fitAnew() };
  return fitted.rows;
}

/** What the sizes depend on. To find them again costs a slow machine a third of a second. */
function roomNow() {
  const { dataset } = document.querySelector('.hall');
  const rows = document.querySelector('.recent').checkVisibility();
  return `${window.innerWidth} ${window.innerHeight} ${dataset.phase} ${rows}`;
}

function fitAnew() {
  root.style.setProperty('--digit-called', `calc(${configured} * 20 * var(--mm))`);
  let distance = configured;
  let sentence = 1;
  setSizes(distance, sentence);
  if (!document.querySelector('.recent').checkVisibility()) return WANTED_ROWS;
  for (;;) {
    setSizes(distance, sentence);
    const rows = rowsThatFit();
    if (rows >= WANTED_ROWS) return rows;
    if (sentence * STEP >= LEAST_SENTENCE) sentence *= STEP;
    else if (distance * STEP >= SHORTEST_M) distance *= STEP;
    else return rows;
  }
}

function setSizes(distance, sentence) {
  setPhysicalSize({ distanceM: distance });
  root.style.setProperty('--digit-sentence', `calc(${distance * sentence} * 1000 / 150 * var(--mm))`);
}

function rowsThatFit() {
  const digit = rectangle('.digit-ruler').height;
  const padding = parseFloat(getComputedStyle(document.querySelector('.hall')).paddingBottom);
  const portrait = window.matchMedia('(orientation: portrait)').matches;
  const below = portrait ? SIDE_LINES * rectangle('.line-ruler').height + padding : 0;
  const room = rectangle('.hall').bottom - rectangle('.featured').bottom - padding - below;
  const airy = AIRY_ROW_PER_DIGIT[portrait ? 'portrait' : 'landscape'];
  const rows = (height) => Math.floor(room / (digit * height) + 0.001);
  const fitting = Math.max(rows(airy), Math.min(rows(ROW_PER_DIGIT), WANTED_ROWS));
  root.style.setProperty('--row-per-digit', String(Math.min(airy, room / (digit * Math.max(1, fitting)))));
  return fitting;
}

function rectangle(selector) {
  return document.querySelector(selector).getBoundingClientRect();
}
