/**
 * The limits that both sides of the port must agree on, each written once: whatever one side writes stays within them, and
 * the other side refuses more. `Characters` are UTF-16 units. Unless it says otherwise, a text that is longer is cut, and
 * a list that is longer loses its end. The property test in `workers/kernel/testing` shows that what workers write, the host reads.
 */

const kibi = 1024;
const mebi = 1024 * 1024;

// Packets: what goes through the port

/** Characters of a packet that travels as one string. A longer text travels as UTF-8 in a buffer, whose size is known cheaply. */
export const maxPacketCharacters = 256 * kibi;
export const maxPacketBuffers = 16;
/** Bytes of all the buffers of one packet. Beyond it a call throws a RangeError, and a reply is one. */
export const maxPacketBytes = 64 * mebi;
/** Characters of the text of one payload; what an encoder with its defaults writes stays below it. Beyond it as for a packet. */
export const maxTextCharacters = 4 * mebi;
/** Of a call; endpoints count them. */
export const maxIdCharacters = 80;
export const maxMethodCharacters = 80;
/** Of an error that a call is answered with. */
export const maxFailureNameCharacters = 200;
export const maxFailureCharacters = 10_000;

// Calls of a worker

/** Bytes of its calls without a reply, ordered ones aside: with more it sends no further call, which waits. */
export const maxInFlightBytes = 32 * mebi;
/** Calls of tools that wait in a worker, and their bytes. Beyond it a further call is rejected with a RangeError. */
export const maxWaitingCalls = 50_000;
export const maxWaitingBytes = 256 * mebi;

// Names

/** Of a run, a correlation, a tool call. The host refuses longer ones before anything runs. */
export const maxIdentifierCharacters = 200;
/** Of a variable, a class, a function, a property. A longer variable name is refused with a RangeError when it is declared. */
export const maxNameCharacters = 500;
/** Names of a namespace. Declaring more throws a RangeError. */
export const maxNames = 20_000;
/** Characters of all names of a namespace together. Declaring more throws a RangeError. */
export const maxAllNamesCharacters = 256 * kibi;
/** Of a tool, with its namespace; no tool has a longer name. */
export const maxToolNameCharacters = maxNameCharacters;
/** Of a cell's file name, which is one line. `execute` throws a RangeError beyond it. */
export const maxFileNameCharacters = 500;
/** Of the address of a module. Importing a longer one throws a ModuleResolutionError. */
export const maxAddressCharacters = 10_000;
/** Variables, and entries of metadata, of a context. Beyond it a tool call is rejected with a RangeError. */
export const maxContextKeys = 1_000;

// Errors and stacks

export const maxErrorNameCharacters = 1_000;
export const maxErrorMessageCharacters = 20_000;
/** Of the `stack` text of an error. */
export const maxStackCharacters = 100_000;
/** Causes of one error, one inside the other; deeper ones are left out. */
export const maxCauses = 8;
/** Errors of an AggregateError that are sent; those inside them have none. */
export const maxErrors = 20;
/** Characters of one error as JSON, with its causes and errors. A larger one loses these, then its frames. */
export const maxErrorCharacters = mebi;
/** Frames of one stack. */
export const maxFrames = 100;
/** Of the name of a frame's file: that of a cell, or an address that may be cut. */
export const maxFrameFileCharacters = 2_000;

// Previews

/** Levels of previews inside previews; deeper ones have no properties. */
export const maxPreviewDepth = 8;
/** Previews in one preview; previews of more members are shown in parts. */
export const maxPreviewNodes = 20_000;
export const maxPreviewTextCharacters = 20_000;
/** Properties, elements and entries of one preview. */
export const maxPreviewProperties = 1_000;
export const maxHandleCharacters = 200;

// Output

/** Entries of one message; more take several. */
export const maxOutputEntries = 2_000;
/** Texts and values of one entry. */
export const maxOutputParts = 200;
/** Of one text of an entry. A longer one tells its length at its end. */
export const maxPartCharacters = 10_100;
/** Of the style of a text. */
export const maxStyleCharacters = 500;
/** Of the whole entry as plain text. */
export const maxOutputTextCharacters = 10_000;
/** Groups around an entry; deeper ones count as the last of them. */
export const maxGroupDepth = 50;
/** Rows of a table, and columns with those of index and value. */
export const maxTableRows = 200;
export const maxTableColumns = 32;

// Bundles of `display`

/** Of the name of what was displayed, by which it is replaced. */
export const maxDisplayIdCharacters = 40;
/** Forms of one bundle; further ones are left out. */
export const maxForms = 20;
/** Of a MIME type; a form of a longer one is left out. */
export const maxFormTypeCharacters = 200;
/** Bytes of the forms of one bundle; a form that does not fit is left out, and a notice says so. */
export const maxBundleBytes = 16 * mebi;
/** Brackets, braces and commas of one form that is JSON; a form with more is left out. */
export const maxFormStructure = 1_000_000;
/** Rows, columns and characters of a cell of a table that is made of records. It tells how many rows there are. */
export const maxRecords = 100_000;
export const maxRecordColumns = 200;
export const maxRecordCharacters = 1_000;

// Components

/** Bytes of the tree of a component as JSON; a larger one throws a RangeError where it is displayed. */
export const maxTreeBytes = 8 * mebi;
/** Nodes of this tree; more throw a RangeError, too. */
export const maxTreeNodes = 50_000;
/** Bytes of one list of its mutations; after a larger one, its frame asks for the whole tree. */
export const maxMutationBytes = 2 * mebi;
/** Of the integrity of a part that a worker asks for. */
export const maxIntegrityCharacters = 100;

// The namespace and its checkpoint

/** Of the TypeScript type of a value; a longer one is `any`. */
export const maxTypeCharacters = 20_000;
/** Of a list of names as JSON. Its previews are made smaller until they fit. */
export const maxListCharacters = maxTextCharacters;
/** Of the reason why a name was lost. Of very many names, reasons are shorter. */
export const maxReasonCharacters = 500;
/** Of all lost names with their reasons as JSON. */
export const maxLossesCharacters = 1.75 * mebi;
/** Groups of one checkpoint message; more take several. */
export const maxMessageGroups = 2_000;
/** Bytes of groups in one checkpoint message; more take several, and each group is smaller. */
export const maxMessageBytes = 16 * mebi;
/** Groups that the host keeps: while they are replaced, old and new ones. */
export const maxKeptGroups = 2 * maxNames;
/** Bytes that the host keeps; what a worker keeps within is less. */
export const maxKeptBytes = 64 * mebi;
/** Cells that the history of a session has, and characters of their code; older ones are forgotten. */
export const maxHistoryCells = 5_000;
export const maxHistoryCharacters = 2 * mebi;
/** Of those, objects and long texts that code can read in `Out`: the latest. */
export const maxHistoryObjects = 100;
/** Characters of a text that counts as short there. */
export const maxHistoryText = 10_000;
/** Entries of pending work that are told: the oldest. */
export const maxPendingEntries = 20_000;
/** Times of a traced execution: two, and two of each wait. */
export const maxTimings = 202;
/** Reasons why a worker can't be given back, and characters of one. */
export const maxBlockers = 100;
export const maxBlockerCharacters = 1_000;

/** The text, or as much of it as the limit allows, with an ellipsis at its end. */
export function cut(text: string, maxCharacters: number): string {
  return text.length <= maxCharacters ? text : `${text.slice(0, maxCharacters - 1)}…`;
}
