import { MAP } from "./base.ts";

/** A map file that cannot be used, and what must be said about it. */
export type BadFile = {
  readonly what: string;
  readonly text: string | Uint8Array;
  /** The place and the way out. */
  readonly says: RegExp;
  readonly env?: Readonly<Record<string, string>>;
  /** 2 unless said otherwise. */
  readonly code?: number;
};

const withLine = (from: string, to: string): string => {
  if (!MAP.includes(from)) throw new Error(`The good map has no ${from}.`);
  return MAP.replace(from, to);
};
const NAME_EDGE = "{ id: name, columns: [name], fields: [name] }";
const NAME_FIELD = "{ id: name, name: Name, type: text, validation: [{ kind: required }] }";

/** [[[…]]] as deep as that. */
const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);

const bomb = (): string => {
  const lines = ["fieldline: 1", "a0: &a0 [x, x, x, x, x, x, x, x, x, x]"];
  for (let at = 1; at < 12; at += 1) {
    lines.push(`a${at}: &a${at} [${Array.from({ length: 10 }, () => `*a${at - 1}`).join(", ")}]`);
  }
  return lines.join("\n");
};

const manyFields = (count: number): string => {
  const numbers = Array.from({ length: count }, (_, index) => index);
  const fields = numbers.map((n) => `      - { id: f${n}, name: F${n}, type: text }\n`).join("");
  const edges = numbers
    .map((n) => `      - { id: f${n}, columns: [c${n}], fields: [f${n}] }\n`)
    .join("");
  return withLine(`      - ${NAME_FIELD}\n`, `      - ${NAME_FIELD}\n${fields}`).replace(
    `      - ${NAME_EDGE}\n`,
    `      - ${NAME_EDGE}\n${edges}`,
  );
};

/** The ERP's price goes round: read as it is, written twice as large, read again. */
const cycle = (): string => `${MAP}
  - id: erp-again
    system: erp
    object: public.goods
    entity: good
    createsRecords: false
    createsRows: false
    edges:
      - { id: sku, columns: [sku], fields: [sku], direction: in }
      - { id: price, columns: [price], fields: [price],
          steps: [{ transform: scale, settings: { operation: multiply, factor: "2" } }] }
`;

/** Files that are no map file at all. */
const UNREADABLE: readonly BadFile[] = [
  { what: "an empty file", text: "", says: /-?:1:1 .*begin with "fieldline: 1"/ },
  { what: "a picture", text: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe), says: /UTF-8/ },
  {
    what: "invalid UTF-8 in a name",
    text: Buffer.concat([
      Buffer.from(MAP.slice(0, MAP.indexOf("name: ERP") + 9)),
      Uint8Array.of(0xe4),
      Buffer.from(MAP.slice(MAP.indexOf("name: ERP") + 9)),
    ]),
    says: /:3:\d+ .*UTF-8/,
  },
  { what: "NUL bytes", text: withLine("name: ERP", "name: E\0RP"), says: /:3:\d+ / },
  { what: "malformed YAML", text: `${MAP}  - [`, says: /:\d+:\d+ .*no YAML/ },
  { what: "anchors that blow up", text: bomb(), says: /anchor .* more than 100 times/ },
  {
    what: "nesting without end",
    text: `fieldline: 1\nsystems: ${nested(5_000)}`,
    says: /too deep/,
  },
  { what: "6 MB", text: `${MAP}# ${"x".repeat(6 << 20)}`, says: /at most 5 MB/ },
];

/** Files of the right kind that say what cannot be. */
const WRONG: readonly BadFile[] = [
  {
    what: "a key that nobody knows",
    text: withLine("whenRowGone: delete", "whenRowGome: delete"),
    says: /:\d+:5 bindings › erp-goods: .*"whenRowGone"/,
  },
  {
    what: "an unknown field",
    text: withLine(NAME_EDGE, "{ id: name, columns: [name], fields: [nane] }"),
    says: /:\d+:\d+ error: .*nane/,
  },
  {
    what: "an unknown column",
    text: withLine(NAME_EDGE, "{ id: name, columns: [nome], fields: [name] }"),
    says: /:\d+:\d+ error: .*nome/,
  },
  {
    what: "an unknown table",
    text: withLine("public.goods", "public.gods"),
    says: /:\d+:\d+ error: .*public\.gods.*public\.goods/,
  },
  {
    what: "an unknown system",
    text: withLine("    system: shop", "    system: shup"),
    says: /:\d+:\d+ error: .*shup/,
  },
  {
    what: "an unknown transform",
    text: withLine("transform: scale", "transform: scael"),
    says: /:\d+:\d+ error: .*scael/,
  },
  {
    what: "a transform's setting that cannot be",
    text: withLine('factor: "100"', 'factor: "ten"'),
    says: /:\d+:\d+ error: .*(factor|number such as)/i,
  },
  {
    what: "a wrong type",
    text: withLine("name: Good\n", "name: 12\n"),
    says: /:9:\d+ entities › good › name: .*quotes/,
  },
  {
    what: "types that do not fit",
    text: withLine(
      "fields: [made] }\n      - { id: seen, columns: [seen]",
      "fields: [made] }\n      - { id: seen, columns: [made]",
    ).replace("id: seen, name: Seen, type: instant", "id: seen, name: Seen, type: boolean"),
    says: /:\d+:\d+ error: /,
  },
  {
    what: "the same field twice",
    text: withLine(`      - ${NAME_FIELD}\n`, `      - ${NAME_FIELD}\n      - ${NAME_FIELD}\n`),
    says: /:\d+:\d+ error: .*name/i,
  },
  {
    what: "the same system twice",
    text: withLine("id: shop, name: Shop", "id: erp, name: Shop"),
    says: /:\d+:\d+ .*erp/,
  },
  { what: "a cycle", text: cycle(), says: /:\d+:\d+ error: .*(cycle|comes to rest)/ },
  {
    what: "a table without a key",
    text: withLine("object: public.goods", "object: public.keyless"),
    says: /:\d+:\d+ error: .*no key.*primary key/,
  },
  {
    what: "a view",
    text: withLine("object: public.goods", "object: public.seen_goods"),
    says: /:\d+:\d+ error: /,
  },
  { what: "10,000 fields", text: manyFields(10_000), says: /:\d+:\d+ error: .*c\d+/ },
  {
    what: "a pattern that never ends",
    text: withLine('[{ kind: range, min: "0" }]', '[{ kind: pattern, pattern: "(a+)+(" }]'),
    says: /:\d+:\d+ .*pattern/i,
  },
  {
    what: "a password in the file",
    text: withLine('{ url: { secret: "env:SHOP_URL" } }', "{ host: h, password: secret }"),
    says: /:\d+:\d+ shop › password: .*env:PASSWORD/,
  },
  {
    what: "a variable that is not set",
    text: withLine("env:SHOP_URL", "env:NOT_SET_ANYWHERE"),
    says: /:\d+:\d+ shop › url: .*NOT_SET_ANYWHERE is not set/,
  },
  {
    what: "an unknown connector",
    text: withLine("connector: postgres", "connector: postgers"),
    says: /:\d+:\d+ erp: .*Did you mean postgres/,
  },
];

export const BAD_FILES: readonly BadFile[] = [...UNREADABLE, ...WRONG];
