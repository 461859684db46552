import { english } from '../shared/strings.js';

/** English texts of tool calls in a console. */
export const toolCallStrings = {
  ...english,
  callPhase: { started: 'Running', succeeded: '', failed: 'Failed', cancelled: 'Cancelled' },
  callArguments: 'Arguments',
  callResult: 'Result',
};

/** Texts of tool calls in a console, in one language. */
export type ToolCallStrings = Readonly<typeof toolCallStrings>;
