import { english } from '../shared/strings.js';

/** English texts of the inspector. */
export const inspectorStrings = {
  ...english,
  unavailable: 'Not available: the session has ended or was reset.',
  inspect: 'Value',
  copy: 'Copy value',
  storeValue: 'Store as a name, such as temp1 (Shift+Enter)',
  invokeGetter: 'Read this getter',
};

/** Texts of the inspector of values, in one language. */
export type InspectorStrings = Readonly<typeof inspectorStrings>;
