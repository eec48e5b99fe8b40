/**
 * Screen texts. A text is named by its English form; the server gives the catalogue of a
 * language as {msgid: msgstr} at /messages/<language>.json. Plurals are separate texts.
 */

const catalogues = new Map();
let current = document.documentElement.lang || 'id';
/** The server leaves out what this screen never says. */
const screen = document.documentElement.dataset.screen ?? '';

/**
 * Fetch one language's texts once; tries three times and then goes on without.
 * @param {string} language
 * @returns {Promise<boolean>} whether the texts are there
 */
export async function loadMessages(language) {
  for (let attempt = 0; attempt < 3 && !catalogues.has(language); attempt += 1) {
    try {
      const answer = await fetch(`/messages/${language}.json?screen=${screen}`, {
        signal: AbortSignal.timeout(4000),
      });
      if (answer.ok) catalogues.set(language, await answer.json());
    } catch (error) {
      console.warn('messages not loaded', language, error);
    }
  }
  return catalogues.has(language);
}

/**
 * Switch the page to a language; texts not yet fetched are fetched first.
 * @param {string} language
 */
export async function setLanguage(language) {
  await loadMessages(language);
  current = language;
  document.documentElement.lang = language;
}

/** @returns {string} the language in use */
export function language() {
  return current;
}

/**
 * The text in the current language, with {name} placeholders filled.
 * @param {string} msgid the English text
 * @param {Record<string, string | number>} [params]
 * @returns {string} the English text where there is no translation
 */
export function t(msgid, params = {}) {
  const text = catalogues.get(current)?.[msgid] || msgid;
  return text.replace(/\{(\w+)\}/g, (whole, name) =>
    name in params ? String(params[name]) : whole,
  );
}

/**
 * Pick from a text that the office wrote in both languages.
 * @param {{id?: string, en?: string} | string | null | undefined} text
 * @returns {string}
 */
export function pick(text) {
  if (text === null || text === undefined) return '';
  if (typeof text === 'string') return text;
  return text[current] || text.id || text.en || '';
}
