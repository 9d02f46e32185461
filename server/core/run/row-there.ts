/**
 * Why a row is not made: its system has one with the same match key already, which itself waits to
 * be matched. It goes on by itself when that one is decided.
 */
export const ROW_THERE = "row-there";
