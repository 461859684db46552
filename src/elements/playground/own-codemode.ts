import { Codemode } from '../../sdk/index.js';
import { readJsxOptions } from '../run/jsx-attribute.js';

/** Attributes of a playground that select its own `Codemode`. */
export interface OwnCodemodeChoice {
  readonly id: string;
  readonly runnerUrl: string | undefined;
  readonly jsx: string | undefined;
  readonly persist: boolean;
}

/** The `Codemode` of a playground that was given none. @throws TypeError for a `jsx` that is no JSON */
export const ownCodemode = ({ id, runnerUrl, jsx, persist }: OwnCodemodeChoice): Codemode =>
  new Codemode({
    ...(runnerUrl && { runnerUrl }),
    ...(jsx && { jsx: readJsxOptions(jsx) }),
    persistence: persist ? 'indexeddb' : 'none',
    persistenceKey: `${location.pathname}#${id}`,
  });
