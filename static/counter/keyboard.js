/** The keys of the counter screen. Never while somebody types, never twice for one press. */

const FIELDS = 'input, select, textarea, [contenteditable]';
const PRESSED_BY_ITSELF = 'button, a, summary';

/**
 * @param {(key: string, event: KeyboardEvent) => boolean} onKey gets the key in lower case;
 *   returns whether it did something with it
 * @returns {() => void} stops it
 */
export function listenToKeys(onKey) {
  const listener = (event) => {
    if (event.repeat && event.key === 'Enter') event.preventDefault(); // a form or button held down
    if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    if (key !== 'escape' && event.target.matches(FIELDS)) return;
    if ((key === ' ' || key === 'enter') && event.target.matches(PRESSED_BY_ITSELF)) return;
    if (onKey(key, event) || key === ' ') event.preventDefault(); // Space never scrolls the page
  };
  document.addEventListener('keydown', listener);
  return () => document.removeEventListener('keydown', listener);
}
