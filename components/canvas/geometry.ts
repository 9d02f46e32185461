/** Measures of the boxes on a canvas, in px at zoom 1. Anchors and rows are both placed by them. */
export const SYSTEM_WIDTH = 288;
export const ENTITY_WIDTH = 336;
export const HEADER_HEIGHT = 52;
export const GROUP_HEIGHT = 24;
export const ROW_HEIGHT = 28;
export const FOOT_HEIGHT = 4;

/** Between the columns of boxes: room for the lines. */
export const COLUMN_GAP = 176;
/** Between two boxes of one column. */
export const BOX_GAP = 32;

/** More rows of one group are folded away: lines to rows in an inner scroll would lie. */
export const GROUP_ROWS_MAX = 24;

/** Length of the straight start and end of a line. */
export const TANGENT = 90;

/** Where the line of a box as a whole begins. */
export const HEADER_ANCHOR = "header";
