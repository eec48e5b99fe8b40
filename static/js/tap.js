/**
 * Taps on a public touch screen: act when the finger leaves the target it came down on, and take
 * a second tap of a shaking finger for what it is.
 */

import { pixelsPerMm } from './mm.js';

/** Milliseconds within which the same target does not act twice in a row. */
const SAME_TARGET = 1000;
/** A double tap may land on what the first tap has brought under the finger. */
const SAME_PLACE = 600;
const SAME_PLACE_MM = 10;

let last = { at: -Infinity, x: 0, y: 0 };
let acted = { at: -Infinity, element: null };

/**
 * Call an action when an element is tapped, or activated by keyboard or an assistive device.
 * @param {HTMLElement} element
 * @param {(event: Event) => void} action
 * @param {{repeat?: boolean}} [options] `repeat`: allow quick taps, as on a keypad
 */
export function onTap(element, action, { repeat = false } = {}) {
  let pressed = null;

  const act = (event) => {
    const now = performance.now();
    if (!repeat && acted.element === element && now - acted.at < SAME_TARGET) return;
    acted = { at: now, element };
    action(event);
  };
  element.addEventListener('pointerdown', (event) => {
    pressed = event.isPrimary && event.button === 0 ? event.pointerId : null;
  });
  element.addEventListener('pointercancel', () => {
    pressed = null;
  });
  element.addEventListener('pointerup', (event) => {
    const mine = pressed === event.pointerId;
    pressed = null;
    if (!mine || !element.contains(document.elementFromPoint(event.clientX, event.clientY))) return;
    if (!repeat && isDoubleTap(event)) return;
    last = { at: performance.now(), x: event.clientX, y: event.clientY };
    act(event);
  });
  // A click without a pointer: Enter, Space, a switch or a screen reader.
  element.addEventListener('click', (event) => {
    if (event.detail === 0) act(event);
  });
}

function isDoubleTap(event) {
  if (performance.now() - last.at > SAME_PLACE) return false;
  return Math.hypot(event.clientX - last.x, event.clientY - last.y) < SAME_PLACE_MM * pixelsPerMm();
}

/** No zooming, no menus, no selecting or dragging: the page is a machine, not a document. */
export function behaveLikeAMachine() {
  for (const event of ['contextmenu', 'selectstart', 'dragstart', 'gesturestart']) {
    document.addEventListener(event, (e) => e.preventDefault());
  }
  document.addEventListener(
    'wheel',
    (e) => {
      if (e.ctrlKey) e.preventDefault();
    },
    { passive: false },
  );
  document.addEventListener('keydown', (e) => {
    if ((e.ctrlKey || e.metaKey) && ['+', '-', '=', '0'].includes(e.key)) e.preventDefault();
  });
}
