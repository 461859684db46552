import { english } from '../shared/strings.js';

/** English texts of displayed values. */
export const outputStrings = {
  ...english,
  outputOfCode: 'Output of the code',
  plotBroken: (reason: string): string => `The plot could not be drawn: ${reason}`,
  downloadPng: 'Download as PNG',
  componentEnded: 'This is a picture: the code of the component has ended.',
  componentBroken: (reason: string): string => `The component could not be shown: ${reason}`,
  outputActions: 'Output',
  copyOutput: 'Copy this output',
  download: 'Download',
  outputTookFocus: 'The scripts of this output took the focus while you typed elsewhere, so they were stopped.',
  outputSilent: 'The scripts of this output did not end, so they were stopped. Sessions of this page were restarted.',
  progress: 'Progress',
  table: 'Table',
  sortBy: (column: string) => `Sort by ${column}`,
  resizeColumn: (column: string) => `Width of ${column}`,
  rowsOf: (shown: number, total: number) =>
    total > shown ? `${shown.toLocaleString()} of ${total.toLocaleString()} rows` : `${shown.toLocaleString()} rows`,
};

/** Texts of outputs, in one language. */
export type OutputStrings = Readonly<typeof outputStrings>;
