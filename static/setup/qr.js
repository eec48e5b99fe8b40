/** QR codes drawn by the server; what is in them is kept nowhere. */

/**
 * Show a text as a QR code; on failure the picture stays as it was.
 * @param {HTMLImageElement} image @param {string} text @param {string} label
 */
export async function drawQr(image, text, label) {
  const answer = await fetch('/api/qr', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'X-CSRF-Token': document.querySelector('meta[name="csrf"]')?.content ?? '',
    },
    body: JSON.stringify({ text }),
    credentials: 'same-origin',
    signal: AbortSignal.timeout(8000),
  }).catch(() => null);
  if (!answer?.ok) return;
  const picture = await answer.text();
  image.src = `data:image/svg+xml;utf8,${encodeURIComponent(picture)}`;
  image.alt = label;
}
