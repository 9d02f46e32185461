"use client";

import { type ClipboardEvent, useState } from "react";
import { Button } from "../ui/button.tsx";
import { formatCount } from "../ui/count.tsx";
import { IconButton } from "../ui/icon-button.tsx";
import { Input } from "../ui/input.tsx";
import { Textarea } from "../ui/textarea.tsx";
import { type Pair, readPairs, writePairs } from "./pairs-text.ts";
import { PastePairs } from "./paste-pairs.tsx";

type PairsInputProps = {
  label: string;
  /** Headings of the two columns. */
  columns: readonly [string, string];
  pairs: readonly Pair[];
  onChange: (pairs: readonly Pair[]) => void;
  /** What is wrong, by row. */
  errors?: ReadonlyMap<number, string> | undefined;
};

/** More rows than this are edited as text: a thousand boxes help nobody. */
const ROWS_AS_BOXES_MAX = 100;

/**
 * Two columns of texts: a value table. Two columns copied from a spreadsheet can be pasted, also
 * into any cell: they are looked over before they are taken.
 *
 * <PairsInput label="Rows" columns={["ERP", "Hub"]} pairs={pairs} onChange={setPairs} />
 */
export function PairsInput(props: PairsInputProps) {
  const { label, columns, pairs, onChange } = props;
  const [pasted, setPasted] = useState<string | null>(null);
  const [asText, setAsText] = useState(pairs.length > ROWS_AS_BOXES_MAX);
  const tooMany = pairs.length > ROWS_AS_BOXES_MAX;
  return (
    <div className="flex flex-col gap-2">
      {asText || tooMany ? (
        <PairsText {...{ label, pairs, onChange }} />
      ) : (
        <PairsTable {...props} onPaste={setPasted} />
      )}
      {pasted !== null && (
        <PastePairs
          // Another paste begins anew.
          key={pasted}
          {...{ columns, table: pairs, initial: pasted }}
          onTake={(taken) => {
            setPasted(null);
            onChange(taken);
          }}
          onClose={() => setPasted(null)}
        />
      )}
      <div className="flex flex-wrap items-center gap-2">
        {!asText && !tooMany && (
          <Button size="sm" icon="plus" onClick={() => onChange([...pairs, ["", ""]])}>
            Add row
          </Button>
        )}
        {!asText && !tooMany && (
          <Button size="sm" variant="quiet" onClick={() => setPasted("")}>
            Paste from a spreadsheet
          </Button>
        )}
        <Button
          size="sm"
          variant="quiet"
          onClick={() => setAsText(!asText)}
          disabledReason={
            tooMany ? `${formatCount(pairs.length)} rows are edited as text.` : undefined
          }
        >
          {asText || tooMany ? "As a table" : "As text"}
        </Button>
        <span className="ml-auto type-small text-ink-2">{formatCount(pairs.length)} rows</span>
      </div>
    </div>
  );
}

function PairsText({ label, pairs, onChange }: Omit<PairsInputProps, "columns">) {
  const [text, setText] = useState(() => writePairs(pairs));
  const change = (next: string) => {
    setText(next);
    onChange(readPairs(next));
  };
  return (
    <Textarea
      mono
      rows={8}
      aria-label={`${label}: two columns, parted by a tab, a semicolon or a comma`}
      value={text}
      onChange={change}
    />
  );
}

type PairsTableProps = PairsInputProps & { onPaste: (text: string) => void };

function PairsTable({ label, columns, pairs, onChange, errors, onPaste }: PairsTableProps) {
  const replace = (row: number, pair: Pair) =>
    onChange(pairs.map((each, index) => (index === row ? pair : each)));
  const paste = (event: ClipboardEvent) => {
    const text = event.clipboardData.getData("text");
    if (!/[\t\n]/.test(text.trim())) return;
    event.preventDefault();
    onPaste(text);
  };
  const rows = pairs.length === 0 ? [["", ""] as const] : pairs;
  return (
    <table aria-label={label} className="w-full border-collapse">
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col" className="pb-1 text-left type-small text-ink-2">
              {column}
            </th>
          ))}
          <th scope="col">
            <span className="sr-only">Remove</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((pair, row) => (
          <PairRow
            // Rows have no identity but their place.
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            key={row}
            {...{ pair, row, columns }}
            error={errors?.get(row)}
            onChange={(next) => (pairs.length === 0 ? onChange([next]) : replace(row, next))}
            onPaste={paste}
            onRemove={() => onChange(pairs.filter((_, index) => index !== row))}
          />
        ))}
      </tbody>
    </table>
  );
}

type PairRowProps = {
  pair: Pair;
  row: number;
  columns: readonly [string, string];
  error: string | undefined;
  onChange: (pair: Pair) => void;
  onPaste: (event: ClipboardEvent) => void;
  onRemove: () => void;
};

function PairRow({ pair, row, columns, error, onChange, onPaste, onRemove }: PairRowProps) {
  const [from, to] = pair;
  const invalid = error === undefined ? undefined : true;
  const cell = "pr-1 pb-1 align-top";
  return (
    <tr>
      <td className={cell}>
        <Input
          mono
          aria-label={`${columns[0]}, row ${row + 1}`}
          aria-invalid={invalid}
          value={from}
          onChange={(next) => onChange([next, to])}
          onPaste={onPaste}
        />
        {error !== undefined && <p className="pt-0.5 type-small text-fail">{error}</p>}
      </td>
      <td className={cell}>
        <Input
          mono
          aria-label={`${columns[1]}, row ${row + 1}`}
          aria-invalid={invalid}
          value={to}
          onChange={(next) => onChange([from, next])}
        />
      </td>
      <td className="w-8 pb-1 align-top">
        <IconButton icon="close" label={`Remove row ${row + 1}`} onClick={onRemove} />
      </td>
    </tr>
  );
}
