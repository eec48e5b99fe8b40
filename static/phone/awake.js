/** Keeps the phone's screen lit where the browser lets us; elsewhere the page's text asks for it. */

let lock = null;
let wanted = false;

/** @param {boolean} awake */
export async function keepAwake(awake) {
  wanted = awake;
  try {
    if (!awake) {
      await lock?.release();
      lock = null;
    } else if ((lock === null || lock.released) && document.visibilityState === 'visible') {
      lock = (await navigator.wakeLock?.request('screen')) ?? null;
    }
  } catch {
    lock = null;
  }
}

document.addEventListener('visibilitychange', () => {
  if (wanted) keepAwake(true);
});
