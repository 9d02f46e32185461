/** `npm run dev`: the product from its sources; what changes is loaded again. */
import { requireNode } from "./node-version.mjs";

requireNode();
void import("./run-product.mjs").then(({ runProduct }) => runProduct("development"));
