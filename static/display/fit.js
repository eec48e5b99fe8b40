/** Makes text smaller when, and only when, the screen is too small for its proper size. */

const ROUNDS = 6;

/**
 * Set `--fit` (at most 1) on an element whose font sizes are multiples of it.
 *
 * @param {HTMLElement} box
 * @param {() => number} overflow how many times too large the content is now; at most 1 is right
 * @param {number} least the smallest `--fit`
 */
export function fit(box, overflow, least = 0.4) {
  let scale = 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    box.style.setProperty('--fit', scale.toFixed(4));
    const over = overflow();
    if (!(over > 1) || scale <= least) return;
    scale = Math.max(least, (scale / over) * 0.995);
  }
}

/**
 * How many times too large an element is for its box. Measures the layout boxes, since the ink box
 * of a line of digits is higher than the digits are.
 *
 * @param {HTMLElement} box @param {HTMLElement} content
 */
export function overflowOf(box, content) {
  const { width, height } = content.getBoundingClientRect();
  const widest = Math.max(width, content.scrollWidth); // a word may be wider than its line
  return Math.max(widest / box.clientWidth, height / box.clientHeight);
}
