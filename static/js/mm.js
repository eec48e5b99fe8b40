/**
 * Physical sizes. `--mm` is one millimetre of this screen in CSS pixels, `--distance` the
 * viewing distance in metres; both come from the device's configuration, which the server
 * writes on <html data-height-mm data-distance-m>. Without it the defaults of tokens.css hold.
 */

const root = document.documentElement;

/**
 * Set the physical size of this screen.
 * @param {{heightMm?: number, distanceM?: number}} device the visible height in millimetres
 *   and the viewing distance in metres; what is missing or not positive is left alone.
 */
export function setPhysicalSize({ heightMm, distanceM } = {}) {
  if (heightMm > 0) root.style.setProperty('--mm', `calc(100vh * (1 - 0.02 * var(--overscan, 0)) / ${heightMm})`);
  if (distanceM > 0) root.style.setProperty('--distance', String(distanceM));
}

/** @returns {number} CSS pixels per millimetre of this screen, as the style sheets use it. */
export function pixelsPerMm() {
  const ruler = document.createElement('div');
  ruler.style.cssText = 'position:absolute;visibility:hidden;width:calc(100 * var(--mm))';
  root.append(ruler);
  const { width } = ruler.getBoundingClientRect();
  ruler.remove();
  return width / 100;
}

setPhysicalSize({
  heightMm: Number(root.dataset.heightMm),
  distanceM: Number(root.dataset.distanceM),
});
