/**
 * What waits for the engine: at most one thing per key, first come, first served.
 *
 * A newer value takes the place of an older one of the same key, so a reader
 * who types quickly never waits for answers nobody will read, and one busy lab
 * cannot push another back.
 */
export class LatestQueue<Key, Item> {
  readonly #waiting = new Map<Key, Item>();

  get size(): number {
    return this.#waiting.size;
  }

  /** Let *item* wait in the place of what waited under *key*, or at the end. */
  put(key: Key, item: Item): void {
    this.#waiting.set(key, item);
  }

  /** Take what has waited longest. */
  take(): Item | undefined {
    for (const [key, item] of this.#waiting) {
      this.#waiting.delete(key);
      return item;
    }
    return undefined;
  }

  /** Take everything, in order. */
  takeAll(): Item[] {
    const items = [...this.#waiting.values()];
    this.#waiting.clear();
    return items;
  }
}
