import type { PageMember } from '../shell/snippet-page.js';

/** The element of a live snippet; implemented by `CodemodeSnippet`. */
export interface SnippetHost extends PageMember {
  readonly author: {
    /** The author's code. */
    readonly text: string;
    readonly expected: string | undefined;
    /** The element that contains the code. */
    readonly element: HTMLElement | undefined;
  };
  readonly readonly: boolean;
  readonly editor: string | undefined;
  readonly session: string | undefined;
  readonly playgroundUrl: string | undefined;
  readonly playgroundLink: string;
  /** Storage key of the reader's edits; undefined if edits are not stored. */
  readonly editKey: string | undefined;
}
