/**
 * The push channel of one screen. It only makes a screen fast: whatever goes wrong here, the
 * snapshots go on, so nothing in this file throws.
 */

const CLIENT = '/vendor/socket.io-client/dist/socket.io.esm.min.js';
const KNOCK_AGAIN = 3000;

export class PushChannel {
  #socket = null;
  #namespace;
  #token;
  #gentle;
  #handlers;
  #knocking = null;
  #lineIsOpen = false;
  #greeted = false;
  #closed = false;

  /**
   * @param {string} namespace such as `/kiosk`
   * @param {string | null} token sent in the handshake; null leaves it to the cookie
   * @param {boolean} gentle true for phones, which are many: slower reconnection
   * @param {{delta: (delta: object) => void, connect: () => void, heard: () => void,
   *   gone: () => void}} handlers `gone`: the socket is closed; `heard` is called whenever the
   *   server said anything at all
   */
  constructor(namespace, token, gentle, handlers) {
    this.#namespace = namespace;
    this.#token = token;
    this.#gentle = gentle;
    this.#handlers = handlers;
    this.#open();
  }

  /** @returns {boolean} whether the socket says that it is connected */
  get connected() {
    return this.#socket?.connected === true;
  }

  /** Give up a connection that has fallen silent, so that a new one is tried. */
  drop() {
    this.#socket?.io.engine?.close();
  }

  /**
   * Try at once instead of waiting for the next turn. Never while the server has still to answer:
   * it refuses a second greeting on the same line, and the client then takes itself for connected
   * and hears nothing any more.
   */
  knock() {
    if (!this.#socket || this.#socket.connected || this.#greeted) return;
    this.#greeted = this.#lineIsOpen;
    this.#socket.connect();
  }

  /** Close for good. */
  close() {
    this.#closed = true;
    clearTimeout(this.#knocking);
    this.#socket?.disconnect();
  }

  async #open() {
    try {
      const { io } = await import(CLIENT);
      if (this.#closed) return;
      this.#socket = io(this.#namespace, {
        transports: ['websocket', 'polling'],
        tryAllTransports: true,
        auth: this.#token ? { token: this.#token } : undefined,
        reconnectionDelay: this.#gentle ? 1000 : 200,
        reconnectionDelayMax: this.#gentle ? 8000 : 1000,
        timeout: this.#gentle ? 8000 : 2000,
      });
      this.#listen();
    } catch (error) {
      console.warn('push channel not loaded', error);
      this.#later(() => this.#open());
    }
  }

  #listen() {
    const { delta, connect, heard } = this.#handlers;
    this.#socket.on('delta', (message) => {
      heard();
      delta(message);
    });
    this.#socket.io.on('open', () => this.#line(true));
    this.#socket.io.on('close', () => this.#line(false));
    this.#socket.on('connect', () => {
      this.#greeted = false;
      heard();
      connect();
    });
    this.#socket.on('beat', heard);
    this.#socket.io.on('ping', heard);
    // A refused handshake and a disconnection by the server are not retried by the client itself.
    this.#socket.on('connect_error', () => {
      this.#greeted = false;
      this.#later(() => this.knock());
    });
    this.#socket.on('disconnect', () => {
      this.#greeted = false;
      this.#later(() => this.knock());
      this.#handlers.gone();
    });
  }

  /** With a line the client greets by itself. */
  #line(open) {
    this.#lineIsOpen = open;
    this.#greeted = open;
  }

  #later(action) {
    clearTimeout(this.#knocking);
    if (!this.#closed) this.#knocking = setTimeout(action, KNOCK_AGAIN);
  }
}
