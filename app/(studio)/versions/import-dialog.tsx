"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { problemOf } from "../../../components/problem-of.ts";
import { useMayNot } from "../../../components/session/use-may-not.ts";
import { useTRPC } from "../../../components/trpc-provider.tsx";
import { Banner } from "../../../components/ui/banner.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { FileInput } from "../../../components/ui/file-input.tsx";
import { notify } from "../../../components/ui/toast.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { LIMITS } from "../../../server/core/limits.ts";

/** Brings a map file into the draft: what `Export` and `fieldline export` write. */
export function ImportDialog() {
  const [open, setOpen] = useState(false);
  const mayNot = useMayNot("editor");
  return (
    <>
      <Button icon="upload" disabledReason={mayNot} onClick={() => setOpen(true)}>
        Import
      </Button>
      <Dialog
        title="Bring in a map file"
        description="The draft becomes what the file says, as one edit that can be undone. Nothing goes live. How systems are reached is not taken from it: that is set up on their own pages."
        size="lg"
        open={open}
        onOpenChange={setOpen}
      >
        {open && <ImportForm onDone={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}

function ImportForm({ onDone }: { onDone: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const { send, reset, isPending, message, problems } = useImport(onDone);
  const tooLarge = file !== null && file.size > LIMITS.mapFileBytesMax;
  const most = LIMITS.mapFileBytesMax / 1024 / 1024;
  return (
    <form
      className="-m-4 flex flex-col"
      onSubmit={(event) => {
        event.preventDefault();
        if (file !== null && !tooLarge) void send(file);
      }}
    >
      {message !== null && <Banner tone="fail" title={message} />}
      {problems.length > 0 && <Problems problems={problems} />}
      <div className="flex flex-col gap-4 p-4">
        <Field
          label="The file"
          hint="YAML, as Export and “fieldline export” write it"
          error={tooLarge ? `It is larger than ${most} MB: that much is read at most` : undefined}
        >
          <FileInput
            accept=".yaml,.yml,application/yaml"
            onChange={(chosen) => {
              reset();
              setFile(chosen);
            }}
          />
        </Field>
        <div className="flex justify-end gap-2">
          <Button onClick={onDone}>Not yet</Button>
          <Button
            type="submit"
            variant="primary"
            icon="upload"
            busy={isPending}
            disabledReason={file === null ? "Choose a file first" : undefined}
          >
            Bring it into the draft
          </Button>
        </div>
      </div>
    </form>
  );
}

type Problem = Extract<Outputs["maps"]["importFile"], { kind: "problems" }>["problems"][number];

/** What is wrong with a file, in its order, each with its line. */
function Problems({ problems }: { problems: readonly Problem[] }) {
  return (
    <ul aria-label="What is wrong with the file" className="border-rule border-b">
      {problems.map(({ line, column, path, message }) => (
        <li key={`${line} ${column} ${message}`} className="flex gap-3 px-4 py-2 type-body">
          <span className="w-32 shrink-0 type-small text-ink-2">
            Line {line}, column {column}
          </span>
          <span className="min-w-0 break-words">
            {path !== "" && <strong className="font-[550]">{path}: </strong>}
            {message}
          </span>
        </li>
      ))}
    </ul>
  );
}

function useImport(onDone: () => void) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [message, setMessage] = useState<string | null>(null);
  const mutation = useMutation(
    trpc.maps.importFile.mutationOptions({
      onError: (error) => setMessage(problemOf(error).message),
      onSuccess: (answer, { name }) => {
        if (answer.kind === "problems") return setMessage(`${name} was not brought in.`);
        if (answer.kind === "refused") return setMessage(answer.message);
        void queryClient.invalidateQueries(trpc.maps.pathFilter());
        onDone();
        if (answer.kind === "same") return notify({ title: `The draft says what ${name} says` });
        notify({ title: `${name} is in the draft, not live`, tone: "ok" });
        router.push("/versions?from=live&to=draft");
      },
    }),
  );
  const { mutate, data, isPending } = mutation;
  return {
    ...{ message, isPending },
    problems: data?.kind === "problems" ? data.problems : [],
    send: async (file: File) => mutate({ name: file.name.slice(0, 150), text: await file.text() }),
    reset: () => {
      setMessage(null);
      mutation.reset();
    },
  };
}
