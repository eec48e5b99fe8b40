/**
 * Sizes on a screen that is too small for its viewing distance. The called number keeps its height;
 * recent calls and sentences are set for a shorter distance, so that four recent calls fit.
 */

import { setPhysicalSize } from '../js/mm.js';

const WANTED_ROWS = 4;
const ROW_PER_DIGIT = 1.1; // height of a row of recent calls, in heights of a digit
const SIDE_LINES = 3; // of the lists below the calls, on a portrait screen
const STEP = 0.97;
const SHORTEST_M = 4.5; // nearer than that, recent calls have their least height anyway

const root = document.documentElement;
const configured = parseFloat(getComputedStyle(root).getPropertyValue('--distance'));

/**
 * Set the sizes for this screen.
 *
 * @returns {number} how many rows of recent calls fit
 */
export function fitDistance() {
  root.style.setProperty('--digit-called', `calc(${configured} * 20 * var(--mm))`);
  let distance = configured;
  for (;;) {
    setPhysicalSize({ distanceM: distance });
    const rows = rowsThatFit();
    if (rows >= WANTED_ROWS || distance * STEP < SHORTEST_M) return rows;
    distance *= STEP;
  }
}

function rowsThatFit() {
  const digit = rectangle('.digit-ruler').height;
  const bottom = parseFloat(getComputedStyle(document.querySelector('.hall')).paddingBottom);
  const below = window.matchMedia('(orientation: portrait)').matches
    ? SIDE_LINES * rectangle('.line-ruler').height
    : 0;
  const room = window.innerHeight - rectangle('.featured').bottom - bottom - below;
  return Math.floor(room / (digit * ROW_PER_DIGIT));
}

function rectangle(selector) {
  return document.querySelector(selector).getBoundingClientRect();
}
