/** `npm start`: sets everything up, starts it, and keeps it running until Ctrl-C. */
import { requireNode } from "./node-version.mjs";

requireNode();
void import("./run-product.mjs").then(({ runProduct }) => runProduct("production"));
