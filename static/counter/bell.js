/** Soft sounds for the person at the counter, made here: no file, no waiting. */

const VOLUME = 0.08;
const TONE_S = 0.35;

export class Bell {
  #context = null;

  /** Somebody waits again. */
  arrival() {
    this.#tones([660]);
  }

  /** A kiosk calls for staff. */
  help() {
    this.#tones([880, 660]);
  }

  #tones(frequencies) {
    try {
      this.#context ??= new AudioContext();
      if (this.#context.state === 'suspended') this.#context.resume().catch(() => {});
      const begin = this.#context.currentTime;
      frequencies.forEach((frequency, index) => this.#tone(frequency, begin + index * TONE_S));
    } catch {
      // a screen without sound still shows everything
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
