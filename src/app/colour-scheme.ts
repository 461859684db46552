const schemes = ['auto', 'light', 'dark'] as const;
export type ColourScheme = (typeof schemes)[number];

const storageKey = 'codemode-playground:colour-scheme';

/** What was chosen last; `auto` follows the system. */
export function storedScheme(): ColourScheme {
  const stored = readStored();
  return schemes.find((scheme) => scheme === stored) ?? 'auto';
}

/** The one after `auto`, `light`, `dark`, in turn. */
export function nextScheme(scheme: ColourScheme): ColourScheme {
  return schemes[(schemes.indexOf(scheme) + 1) % schemes.length]!;
}

/** Where storage is denied, the choice holds for this visit only. */
export function storeScheme(scheme: ColourScheme): void {
  try {
    localStorage.setItem(storageKey, scheme);
  } catch {
    // As said.
  }
}

function readStored(): string | null {
  try {
    return localStorage.getItem(storageKey);
  } catch {
    return null;
  }
}
