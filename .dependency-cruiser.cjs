/** The rooms of the house and the doors between them. ARCHITECTURE.md draws the same picture. */
const rooms = {
  core: "^server/core/",
  connectors: "^server/connectors/",
  storage: "^server/storage/",
  engine: "^server/engine/",
  api: "^server/api/",
  cli: "^server/cli/",
  sandbox: "^server/sandbox/",
  platform: "^server/platform/",
  db: "^db/",
  components: "^components/",
  ui: "^components/ui/",
  app: "^app/",
  e2e: "^e2e/",
  bench: "^bench/",
  accept: "^accept/",
  launcher: "^launcher/",
};

const TESTS = "(\\.(test|test-d|suite|spec)\\.tsx?$)|(^server/testing/)|(/testing/)";

/** Packages that compute and do nothing else: no I/O, no clock, no randomness. */
const PURE =
  "node_modules/(zod|yaml|big\\.js|@types/big\\.js|i18n-iso-countries|node-diff3|@marcbachmann/cel-js|" +
  "temporal-(polyfill|spec|utils)|libphonenumber-js)/";

/** `room` may import only itself and `doors`; types may also come from `typeDoors`. */
function room(name, { doors = [], typeDoors = [], because }) {
  const open = [name, ...doors].map((door) => rooms[door]);
  const rule = (suffix, pathNot, dependencyTypes) => ({
    name: `${name}-${suffix}`,
    comment: because,
    severity: "error",
    from: { path: rooms[name], pathNot: TESTS },
    to: { path: Object.values(rooms), pathNot, ...dependencyTypes },
  });
  if (typeDoors.length === 0) return [rule("doors", open, {})];
  const openToTypes = [...open, ...typeDoors.map((door) => rooms[door])];
  return [
    rule("doors", open, { dependencyTypesNot: ["type-only"] }),
    rule("type-doors", openToTypes, { dependencyTypes: ["type-only"] }),
  ];
}

module.exports = {
  forbidden: [
    ...room("core", {
      because: "The core decides and never acts: no database, network, clock or React.",
    }),
    ...room("db", {
      doors: ["core"],
      because: "Tables are made from core types and lists; nothing else shapes them.",
    }),
    ...room("platform", {
      doors: ["core", "db"],
      because: "The outside world as small services; it knows of people and nothing of syncing.",
    }),
    ...room("storage", {
      doors: ["core", "db"],
      because: "Storage turns rows into core values and back.",
    }),
    ...room("connectors", {
      doors: ["core", "platform"],
      because: "A connector knows one foreign system, never our own database.",
    }),
    ...room("engine", {
      doors: ["core", "connectors", "storage", "platform", "db"],
      because: "The engine drives: it loads, asks the core, and acts.",
    }),
    ...room("api", {
      doors: ["core", "connectors", "storage", "engine", "platform", "db", "sandbox"],
      because: "A procedure loads, asks the core, and saves.",
    }),
    ...room("cli", {
      doors: ["core", "connectors", "storage", "engine", "platform", "db", "api", "sandbox"],
      because: "The command line says the same verbs as the screens.",
    }),
    ...room("sandbox", {
      doors: ["core", "platform", "db", "storage", "engine", "connectors"],
      because: "The sandbox stands for foreign systems; the engine does not know it.",
    }),
    ...room("ui", {
      because: "Primitives know no domain words, so every screen can use them.",
    }),
    ...room("components", {
      doors: ["core"],
      typeDoors: ["api"],
      because: "The browser gets the pure core, and of the server only its types.",
    }),
    ...room("app", {
      doors: ["components", "core", "api"],
      because: "A page composes; work happens behind the API.",
    }),
    ...room("e2e", {
      doors: ["db"],
      because: "Journeys use the product as people do; only the seed may touch the database.",
    }),
    ...room("launcher", {
      because: "The launcher runs before anything is installed; it starts the rest as processes.",
    }),
    {
      name: "nobody-imports-the-outer-rooms",
      comment:
        "Bench, acceptance, journeys, screens and commands stand on the rest; nothing stands on them.",
      severity: "error",
      from: { pathNot: "^(bench|accept|e2e|app|server/cli|launcher)/" },
      to: { path: "^(bench|accept|e2e|app|server/cli)/" },
    },
    {
      name: "the-checker-stands-alone",
      comment: "It judges the product: one mistake in both would judge itself right.",
      severity: "error",
      from: { path: "^accept/checker/" },
      to: { path: Object.values(rooms), pathNot: "^accept/checker/" },
    },
    {
      name: "sql-lives-in-storage",
      comment: "Whoever acts may hold a connection; only storage may speak to tables.",
      severity: "error",
      from: { path: "^server/(api|engine|cli|sandbox)/", pathNot: TESTS },
      to: { path: "^db/", pathNot: "^db/(client|migrate)\\.ts$" },
    },
    {
      name: "core-stays-pure",
      comment:
        "The core may use a short list of pure packages and nothing else: no Node built-ins.",
      severity: "error",
      from: { path: rooms.core, pathNot: TESTS },
      to: {
        dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer"],
        pathNot: PURE,
      },
    },
    {
      name: "core-tests-stay-light",
      comment: "Tests of the core may add a test runner and generators, and nothing else.",
      severity: "error",
      from: { path: `${rooms.core}.*(\\.test\\.ts|/testing/)` },
      to: {
        dependencyTypes: ["core", "npm", "npm-dev", "npm-optional", "npm-peer"],
        pathNot: `${PURE}|node_modules/(vitest|fast-check)/`,
      },
    },
    {
      name: "connectors-are-islands",
      comment: "One connector never imports another; what they share is the contract above them.",
      severity: "error",
      from: { path: "^server/connectors/([^/]+)/" },
      to: { path: "^server/connectors/[^/]+/", pathNot: "^server/connectors/($1|testing)/" },
    },
    {
      name: "screens-are-islands",
      comment: "What two screens share moves to components/.",
      severity: "error",
      // A group in parentheses, such as (home), is a screen too; its name is captured without them.
      from: { path: "^app/\\(studio\\)/\\(?([^/()]+)\\)?/" },
      to: { path: "^app/\\(studio\\)/[^/]+/", pathNot: "^app/\\(studio\\)/\\(?$1\\)?/" },
    },
    {
      name: "no-cycles",
      comment: "If two files need each other, a third one is missing.",
      severity: "error",
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "tests-are-leaves",
      comment: "Product code never imports a test or what only tests use.",
      severity: "error",
      // The simulator is a test that is also played by hand.
      from: { pathNot: `${TESTS}|^server/engine/simulation/` },
      to: { path: TESTS },
    },
    {
      name: "everything-resolves",
      comment: "An import that leads nowhere would hide every other rule.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "\\.next/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
