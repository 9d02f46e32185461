#!/usr/bin/env node
/**
 * `npx fieldline …`: the command line. It talks to the database of the running product; if the
 * product is down, the embedded database runs for the length of the command.
 */
import { requireNode } from "./node-version.mjs";

/** What a shell expects when a command could not even begin. */
const EXIT_NOT_BEGUN = 70;

requireNode(EXIT_NOT_BEGUN);
void import("./run-command.mjs").then(({ runCommandLine }) =>
  runCommandLine(process.argv.slice(2), EXIT_NOT_BEGUN),
);
