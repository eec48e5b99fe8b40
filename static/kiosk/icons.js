/** The kiosk's icons: plain strokes, always beside a word. */

import { icon } from '../js/component.js';

const PATHS = {
  help: ['M6 16V11a6 6 0 0 1 12 0v5l2 2H4z', 'M10 21h4'],
  back: ['M20 12H5', 'M11 6l-6 6 6 6'],
  returned: ['M4 5v6h6', 'M4.5 11a8 8 0 1 1 1.5 6'],
  language: [
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
    'M3 12h18',
    'M12 3c-5 5-5 13 0 18',
    'M12 3c5 5 5 13 0 18',
  ],
  text: ['M3 19L8.5 5h1L15 19', 'M5 14.5h8', 'M15.5 19l3-8h.5l3 8', 'M16.8 16.5h4'],
  contrast: ['M12 3a9 9 0 1 0 0 18z', 'M12 3a9 9 0 0 1 0 18', 'M9 4.5v15', 'M6 6.5v11'],
  alert: ['M12 3L2 20h20z', 'M12 9v5', 'M12 17.2v.2'],
};

/** @param {keyof typeof PATHS} name */
export function namedIcon(name) {
  return icon(...PATHS[name]);
}
