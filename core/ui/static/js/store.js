// What this browser remembers. Every failure (private mode, full storage) means "nothing remembered".
export function remember(key, value) {
  try {
    localStorage.setItem(`zhidu.${key}`, value);
  } catch {
    // the page works without it
  }
}

export function recall(key) {
  try {
    return localStorage.getItem(`zhidu.${key}`);
  } catch {
    return null;
  }
}
