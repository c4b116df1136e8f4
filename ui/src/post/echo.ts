/**
 * Tells what comes back from what comes from elsewhere. A field that tells its text at once and gets it back later (a drawing that may be interrupted,
 * the core) must not take its own echo for news, or letters typed meanwhile would be lost. States come back in the order they were told, some left out.
 */
export class Echo<T> {
  private told: T[];

  constructor(first: T) { this.told = [first]; }

  /** The newest text that was told, or taken up from elsewhere. */
  get newest(): T { return this.told.at(-1) as T; }

  /** The field told this. */
  tell(text: T) { if (text !== this.newest) this.told.push(text); }

  /** Something came; true when it is news from elsewhere, which the field takes up. */
  hears(text: T): boolean {
    const at = this.told.lastIndexOf(text);
    if (at < 0) { this.told = [text]; return true; }
    // What was told before this cannot come back any more.
    this.told = this.told.slice(at);
    return false;
  }
}
