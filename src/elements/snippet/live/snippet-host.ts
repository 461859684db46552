import type { PageMember } from '../shell/snippet-page.js';

/** What a live snippet needs of its element; `CodemodeSnippet` is one. */
export interface SnippetHost extends PageMember {
  readonly author: {
    /** The code as the author wrote it. */
    readonly text: string;
    readonly expected: string | undefined;
    /** What holds the code in the page. */
    readonly element: HTMLElement | undefined;
  };
  readonly readonly: boolean;
  readonly editor: string | undefined;
  readonly session: string | undefined;
  readonly playgroundUrl: string | undefined;
  readonly playgroundLink: string;
  /** Under which the reader's edits are stored; undefined where they are not. */
  readonly editKey: string | undefined;
}
