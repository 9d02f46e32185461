import { Field as Base } from "@base-ui/react/field";

type FileInputProps = {
  /** Which files are offered: ".yaml,.yml". */
  accept: string;
  /** The chosen file; null when the choice was taken back. */
  onChange: (file: File | null) => void;
};

/**
 * Chooses one file, with the browser's own control: it is known, and takes a file that is dropped.
 *
 * <Field label="The file"><FileInput accept=".csv" onChange={setFile} /></Field>
 */
export function FileInput({ accept, onChange }: FileInputProps) {
  return (
    <Base.Control
      type="file"
      accept={accept}
      onChange={(event) => onChange(event.currentTarget.files?.[0] ?? null)}
      className="w-full rounded-control border border-rule-strong bg-panel p-1 type-body file:mr-3 file:h-7 file:rounded-control file:border-0 file:bg-sunk file:px-3 file:type-label"
    />
  );
}
