/**
 * Cutting what does not fit into pages of the fixed grid. Nothing scrolls and nothing is left out:
 * the pages are shown in turn. Pure.
 */

const GAP = 0.4; // lines; the style sheet has the same

/**
 * @typedef {{text: string, paused: boolean, row?: {letter: string, count: string, range: string,
 *   least: string}}} Item `row`: the same for a table; `least` is the range where it has no room
 * @typedef {{title: string, items: Item[], table?: boolean}} Block a heading line and items in
 *   columns below it, or one `table` row each
 */

/**
 * Lay blocks on pages, with GAP between two blocks. A block that does not fit on the rest of a page
 * goes on on the next one, under its heading again.
 *
 * @param {Block[]} blocks
 * @param {{lines: number, columnsOf: (block: Block) => number}} grid room of one page; at least 2
 *   lines and 1 column
 * @returns {Block[][]} pages; none when there are no items
 */
export function pagesOf(blocks, { lines, columnsOf }) {
  const room = Math.max(2, lines);
  const pages = [];
  let free = 0; // lines of the last page
  for (const block of blocks) {
    const { title, items, table = false } = block;
    const across = table ? 1 : columnsOf(block);
    let rest = items;
    while (rest.length > 0) {
      if (free < 2) {
        pages.push([]);
        free = room;
      }
      const taken = rest.slice(0, Math.floor(free - 1) * across);
      pages.at(-1).push({ title, items: taken, table });
      free -= 1 + Math.ceil(taken.length / across) + GAP;
      rest = rest.slice(taken.length);
    }
  }
  return pages;
}

/**
 * Cut a text into as few pieces that fit as can be: between its sentences, then at spaces, so that
 * the pieces of a sentence are about as long as each other. A number stays with the words beside it.
 *
 * @param {string} text
 * @param {(piece: string) => boolean} fits
 * @returns {string[]} at least one piece; a single word that does not fit stays whole
 */
export function piecesOf(text, fits) {
  if (fits(text)) return [text];
  return text.split(/(?<=\.) /).flatMap((sentence) => evenPieces(sentence, fits));
}

function evenPieces(sentence, fits) {
  const words = sentence.split(/(?<! \d+) (?!\d)/);
  const fewest = filled(words, fits);
  for (let most = Math.ceil(sentence.length / fewest.length); most < sentence.length; most += 1) {
    const even = filled(words, (piece) => piece.length <= most && fits(piece));
    if (even.length === fewest.length) return even;
  }
  return fewest;
}

/** Each piece takes as many words as it can. */
function filled(words, fits) {
  const pieces = [];
  let piece = '';
  for (const word of words) {
    const longer = piece === '' ? word : `${piece} ${word}`;
    if (piece !== '' && !fits(longer)) {
      pieces.push(piece);
      piece = word;
    } else {
      piece = longer;
    }
  }
  pieces.push(piece);
  return pieces;
}
