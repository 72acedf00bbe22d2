// What this browser remembers. Every failure (private mode, full storage) means "nothing remembered".
const person = document.documentElement.dataset.person;
const own = (key) => (person ? `${key}.${person}` : key);

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

// What a person chose for themselves: whoever logs in next at this machine does not inherit it.
export const rememberOwn = (key, value) => remember(own(key), value);
export const recallOwn = (key) => recall(own(key));
