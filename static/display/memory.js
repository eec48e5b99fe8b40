/** Remembers over a restart of this display which call was given last. */

const KEY = 'display.last-call';

/** @returns {number} the id of the last call that was shown here; 0 if none is known */
export function lastSeen() {
  try {
    return Number(localStorage.getItem(KEY)) || 0;
  } catch {
    return 0; // no storage: calls younger than a minute are given again
  }
}

/** @param {number} id */
export function rememberSeen(id) {
  try {
    localStorage.setItem(KEY, String(id));
  } catch {
    // no storage: see lastSeen
  }
}
