/** Soft sounds made here: no file, no waiting. A screen without sound still shows everything. */

const VOLUME = 0.08;
const TONE_S = 0.35;

export class Tones {
  #context = null;

  /** Whether the browser keeps it silent until somebody has touched the page. */
  get isHeldBack() {
    return this.#context?.state === 'suspended';
  }

  /** What was held back is heard as soon as somebody has touched the page. */
  wake() {
    if (this.isHeldBack && navigator.userActivation?.hasBeenActive !== false)
      this.#context.resume().catch(() => {});
  }

  /**
   * @param {number[]} frequencies hertz, one after the other
   * @returns {void}
   */
  play(frequencies) {
    try {
      this.#context ??= new AudioContext();
      if (this.#context.state === 'suspended') this.#context.resume().catch(() => {});
      const begin = this.#context.currentTime;
      frequencies.forEach((frequency, index) => this.#tone(frequency, begin + index * TONE_S));
    } catch {
      // no sound on this computer
    }
  }

  #tone(frequency, at) {
    const source = this.#context.createOscillator();
    const gain = this.#context.createGain();
    source.frequency.value = frequency;
    gain.gain.setValueAtTime(0, at);
    gain.gain.linearRampToValueAtTime(VOLUME, at + 0.02);
    gain.gain.linearRampToValueAtTime(0, at + TONE_S);
    source.connect(gain).connect(this.#context.destination);
    source.start(at);
    source.stop(at + TONE_S);
  }
}
