/** `npm start`: sets everything up, starts it, and keeps it running until Ctrl-C. */
import { runProduct } from "./run-product.mjs";

await runProduct("production");
