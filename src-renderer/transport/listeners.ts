/** Functions that want to hear of something. */
export interface Listeners<News> {
  /** Adds one; the returned function takes it away again. */
  readonly add: (listener: (news: News) => void) => () => void;
  readonly tell: (news: News) => void;
}

/** An empty set of listeners. */
export function createListeners<News>(): Listeners<News> {
  const listeners = new Set<(news: News) => void>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    tell(news) {
      for (const listener of listeners) listener(news);
    },
  };
}
