/** Which language this person reads; kept on this computer only. */

const NAME = 'desk-language';

/** @returns {string} the language chosen here, else the page's */
export function savedLanguage() {
  try {
    return localStorage.getItem(NAME) || document.documentElement.lang || 'id';
  } catch {
    return document.documentElement.lang || 'id';
  }
}

/** Choose a language and show the page again in it; the section stays, it is in the address. */
export function chooseLanguage(code) {
  try {
    localStorage.setItem(NAME, code);
  } catch {
    return;
  }
  window.location.reload();
}
