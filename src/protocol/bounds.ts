/**
 * The limits that both sides of the port must agree on, each written once: what one side writes stays within them, and
 * the other side refuses more.
 */

/** UTF-16 units of a cell's file name, which is one line. `execute` throws a RangeError beyond it. */
export const maxFileNameCharacters = 500;
