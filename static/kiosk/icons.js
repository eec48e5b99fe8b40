/** The kiosk's icons: plain strokes, always beside a word. */

import { icon } from '../js/component.js';

const CLOCK = ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z'];

const PATHS = {
  help: ['M6 16V11a6 6 0 0 1 12 0v5l2 2H4z', 'M10 21h4'],
  back: ['M20 12H5', 'M11 6l-6 6 6 6'],
  returned: ['M4 5v6h6', 'M4.5 11a8 8 0 1 1 1.5 6'],
  listen: ['M4 9v6h4l5 4V5L8 9z', 'M16 9a4 4 0 0 1 0 6', 'M18.5 6.5a8 8 0 0 1 0 11'],
  language: [
    'M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z',
    'M3 12h18',
    'M12 3c-5 5-5 13 0 18',
    'M12 3c5 5 5 13 0 18',
  ],
  text: ['M3 19L8.5 5h1L15 19', 'M5 14.5h8', 'M15.5 19l3-8h.5l3 8', 'M16.8 16.5h4'],
  contrast: ['M12 3a9 9 0 1 0 0 18z', 'M12 3a9 9 0 0 1 0 18', 'M9 4.5v15', 'M6 6.5v11'],
  station: ['M4 10l8-6 8 6v10H4z', 'M8 20v-6h8v6', 'M10 14l2-3 2 3'],
  services: ['M6 3h9l4 4v14H6z', 'M15 3v4h4', 'M9 12h7', 'M9 16h7'],
  recorded: ['M3 5h18v14H3z', 'M7 15l2.5 2.5L15 10', 'M14 15h4'],
  lost: ['M3 5h8l-2 5 4 3-3 6H3z', 'M15 5h6v14h-7l3-6-4-3z'],
  never: ['M4 7h4l1.5-2h5L16 7h4v12H4z', 'M12 9.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z'],
  unsure: ['M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z', 'M9.5 9.5a2.5 2.5 0 1 1 3.5 2.3c-.7.4-1 .9-1 1.7', 'M12 17v.2'],
  clock15: [...CLOCK, 'M12 3v9h9'],
  clock30: [...CLOCK, 'M12 3v18'],
  clock45: [...CLOCK, 'M12 3v9H3'],
  clock60: [...CLOCK, 'M12 3v9'],
  clock90: [...CLOCK, 'M12 12V3', 'M12 12v9', 'M6 21l-2 2', 'M18 21l2 2'],
  on_time: [...CLOCK, 'M8 12.5l2.8 2.8L16 9.5'],
  tight: [...CLOCK, 'M12 6.5V12l3.5 2'],
  late: [...CLOCK, 'M8.5 8.5l7 7', 'M15.5 8.5l-7 7'],
  fetch: ['M8 4a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z', 'M4 20v-5a4 4 0 0 1 8 0v5', 'M14 12h7', 'M18 9l3 3-3 3'],
  people: ['M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6z', 'M3 20v-2a6 6 0 0 1 12 0v2', 'M16 5.5a3 3 0 0 1 0 5.5', 'M18 14a6 6 0 0 1 3 4.5V20'],
  paper: ['M6 9V3h12v6', 'M4 9h16v8H4z', 'M8 14h8v7H8z'],
  slip: ['M6 3h12v18l-3-2-3 2-3-2-3 2z', 'M9 8h6', 'M9 12h6'],
  alert: ['M12 3L2 20h20z', 'M12 9v5', 'M12 17.2v.2'],
};

/** @param {keyof typeof PATHS} name */
export function namedIcon(name) {
  return icon(...PATHS[name]);
}
