/** `npm run dev`: the product from its sources; what changes is loaded again. */
import { runProduct } from "./run-product.mjs";

await runProduct("development");
