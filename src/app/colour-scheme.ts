const schemes = ['auto', 'light', 'dark'] as const;
export type ColourScheme = (typeof schemes)[number];

const storageKey = 'codemode-playground:colour-scheme';

/** The last choice; `auto` follows the system. */
export function storedScheme(): ColourScheme {
  const stored = readStored();
  return schemes.find((scheme) => scheme === stored) ?? 'auto';
}

/** The next scheme in the cycle `auto`, `light`, `dark`. */
export function nextScheme(scheme: ColourScheme): ColourScheme {
  return schemes[(schemes.indexOf(scheme) + 1) % schemes.length]!;
}

/** Stores the choice for later visits. */
export function storeScheme(scheme: ColourScheme): void {
  try {
    localStorage.setItem(storageKey, scheme);
  } catch {
    // If storage is blocked, the choice holds for this visit only.
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
