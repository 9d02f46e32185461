/** `npm run screenshots`: the pictures of the README, taken by a browser in the product itself. */
import { requireNode } from "./node-version.mjs";

requireNode();
void import("./take-screenshots.mjs").then(({ takeScreenshots }) => takeScreenshots());
