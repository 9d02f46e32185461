import { router } from "../trpc.ts";
import { check } from "./check.ts";
import { columnValues } from "./column-values.ts";
import { diff } from "./diff.ts";
import { discard } from "./discard.ts";
import { dismissSuggestions } from "./dismiss-suggestions.ts";
import { draft } from "./draft.ts";
import { edit } from "./edit.ts";
import { entities } from "./entities.ts";
import { exportFile } from "./export-file.ts";
import { facts } from "./facts.ts";
import { findBreaking } from "./find-breaking.ts";
import { importFile } from "./import-file.ts";
import { layout } from "./layout.ts";
import { marks } from "./marks.ts";
import { object } from "./object.ts";
import { objects } from "./objects.ts";
import { policies } from "./policies.ts";
import { preview } from "./preview.ts";
import { publish } from "./publish.ts";
import { rebase } from "./rebase.ts";
import { redo } from "./redo.ts";
import { restoreRule } from "./restore-rule.ts";
import { rollBack } from "./roll-back.ts";
import { sample } from "./sample.ts";
import { saveLayout } from "./save-layout.ts";
import { shapes } from "./shapes.ts";
import { suggestions } from "./suggestions.ts";
import { transforms } from "./transforms.ts";
import { undo } from "./undo.ts";
import { version } from "./version.ts";
import { versions } from "./versions.ts";

/** Questions and acts of the map: its draft, its versions, and its canvas. */
export const maps = router({
  check,
  columnValues,
  diff,
  discard,
  dismissSuggestions,
  draft,
  edit,
  entities,
  exportFile,
  facts,
  findBreaking,
  importFile,
  layout,
  marks,
  object,
  objects,
  policies,
  preview,
  publish,
  rebase,
  redo,
  restoreRule,
  rollBack,
  sample,
  saveLayout,
  shapes,
  suggestions,
  transforms,
  undo,
  version,
  versions,
});
