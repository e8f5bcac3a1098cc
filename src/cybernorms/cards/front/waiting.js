// A message that is not answered yet: after a while that is shown, and later said.
const SLOW = 300; // milliseconds until a wait is shown where nothing is saved
const PATIENCE = 8000; // … until it is said that no answer comes

export class Waiting {
  /** @param {{ slow: () => void, late: () => void }} act what is done when it takes long. */
  constructor(act) {
    this.act = act;
    this.message = null;
    this.isSlow = false;
    this.timers = {};
  }

  /** Return whether something waits for its answer. */
  get is() {
    return this.message !== null;
  }

  /** Return whether an answer to a message of this number, or of a later one, ends it. */
  endsWith(number) {
    return this.is && number >= this.message.number;
  }

  begin(message) {
    this.message = message;
    clearTimeout(this.timers.late);
    this.timers.slow ??= setTimeout(() => {
      this.isSlow = true;
      this.act.slow();
    }, SLOW);
    this.timers.late = setTimeout(() => this.is && this.act.late(), PATIENCE);
  }

  end() {
    this.message = null;
    this.isSlow = false;
    clearTimeout(this.timers.late);
    clearTimeout(this.timers.slow);
    this.timers.slow = null;
  }
}
