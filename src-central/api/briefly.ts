/** Reads the value of a key. */
type Read<Value> = (key: string) => Promise<Value>;

/** The most keys that are remembered: whoever makes keys up must not fill the memory. */
const MOST_KEYS = 500;

/**
 * `read`, asked at most once in `milliseconds` for each key, however many ask at the same time.
 *
 * A read that fails is not remembered.
 */
export function readBriefly<Value>(milliseconds: number, read: Read<Value>): Read<Value> {
  const kept = new Map<string, { readonly value: Promise<Value>; readonly until: number }>();
  return (key) => {
    const now = performance.now();
    const known = kept.get(key);
    if (known !== undefined && known.until > now) return known.value;
    const value = read(key);
    kept.delete(key);
    kept.set(key, { value, until: now + milliseconds });
    const [oldest] = kept.keys();
    if (kept.size > MOST_KEYS && oldest !== undefined) kept.delete(oldest);
    value.catch(() => {
      if (kept.get(key)?.value === value) kept.delete(key);
    });
    return value;
  };
}
