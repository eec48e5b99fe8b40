/**
 * Plays the server's WAV files, one at a time. Whatever goes wrong with one sound, the next one is
 * tried again: `speak` never rejects and always ends.
 */

import { clock } from '../js/clock.js';

const LOAD_WITHIN_MS = 12_000;
const END_WITHIN_MS = 3_000; // beyond the length of the sound itself
const RESUME_WITHIN_MS = 500; // a blocked browser leaves resume() pending for ever

/** Why a sound was not heard. The codes are reported to the server. */
export const FAULTS = Object.freeze({
  missing: 'sound_missing',
  refused: 'sound_refused',
  unreadable: 'sound_unreadable',
  timeout: 'sound_timeout',
  blocked: 'sound_blocked',
  unavailable: 'sound_unavailable',
});

class SoundFault extends Error {
  /** @param {string} code one of FAULTS */
  constructor(code) {
    super(code);
    this.code = code;
  }
}

export class Voice {
  #context = null;
  #volume;
  #onBlocked;
  #last = Promise.resolve();

  /**
   * @param {{volume: () => number, onBlocked: (blocked: boolean) => void}} options `volume` 0..1, asked at each sound;
   *   `onBlocked` is told when the browser wants a tap before it plays, and when it no longer does
   */
  constructor({ volume, onBlocked }) {
    this.#volume = volume;
    this.#onBlocked = onBlocked;
  }

  /**
   * Play one sound after all earlier ones have ended.
   *
   * @param {string} url
   * @param {() => void} onStart called when the sound is heard
   * @returns {Promise<string | null>} null if it was heard to its end, else one of FAULTS
   */
  speak(url, onStart = () => {}) {
    const turn = this.#last.then(() => this.#speakNow(url, onStart));
    this.#last = turn;
    return turn;
  }

  /** Ask the browser for permission; to be called from a tap or a key. */
  async unlock() {
    try {
      await this.#running();
    } catch {
      // still blocked: the tap target stays
    }
  }

  async #speakNow(url, onStart) {
    try {
      await this.#running();
      const sound = await this.#load(url);
      onStart();
      await this.#play(sound);
      return null;
    } catch (error) {
      return error instanceof SoundFault ? error.code : FAULTS.unavailable;
    }
  }

  async #running() {
    this.#context ??= this.#open();
    if (this.#context.state === 'running') return;
    await Promise.race([this.#context.resume(), pause(RESUME_WITHIN_MS)]);
    const blocked = this.#context.state !== 'running';
    this.#onBlocked(blocked);
    if (blocked) throw new SoundFault(FAULTS.blocked);
  }

  #open() {
    const context = new AudioContext();
    context.addEventListener('statechange', () => this.#onBlocked(context.state !== 'running'));
    return context;
  }

  async #load(url) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), LOAD_WITHIN_MS);
    const late = new Promise((_, reject) => {
      abort.signal.addEventListener('abort', () => reject(new SoundFault(FAULTS.timeout)));
    });
    try {
      return await Promise.race([this.#fetch(url, abort.signal), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  async #fetch(url, signal) {
    const response = await fetch(url, { signal, credentials: 'same-origin' }).catch(() => {
      throw new SoundFault(signal.aborted ? FAULTS.timeout : FAULTS.unavailable);
    });
    if (response.status === 404) throw new SoundFault(FAULTS.missing);
    if (!response.ok) throw new SoundFault(FAULTS.refused);
    const bytes = await response.arrayBuffer();
    try {
      return await this.#context.decodeAudioData(bytes);
    } catch {
      throw new SoundFault(FAULTS.unreadable);
    }
  }

  async #play(sound) {
    const source = this.#context.createBufferSource();
    const gain = this.#context.createGain();
    gain.gain.value = this.#volume();
    source.buffer = sound;
    source.playbackRate.value = clock.speed; // in a drill the time that a sound takes runs too
    source.connect(gain).connect(this.#context.destination);
    try {
      const ended = new Promise((resolve) => source.addEventListener('ended', () => resolve(true)));
      source.start();
      const late = pause(sound.duration * 1000 + END_WITHIN_MS).then(() => false);
      if (!(await Promise.race([ended, late]))) throw new SoundFault(FAULTS.timeout);
    } finally {
      source.disconnect();
      gain.disconnect();
    }
  }
}

function pause(ms) {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
