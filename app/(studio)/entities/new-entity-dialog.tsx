"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { emptyEntity, entityLike } from "../../../components/canvas/gestures/new-things.ts";
import { problemOf } from "../../../components/problem-of.ts";
import { useMayNot } from "../../../components/session/use-may-not.ts";
import { useTRPC, useTRPCClient } from "../../../components/trpc-provider.tsx";
import { Button } from "../../../components/ui/button.tsx";
import { Combobox } from "../../../components/ui/combobox.tsx";
import { Dialog } from "../../../components/ui/dialog.tsx";
import { Field } from "../../../components/ui/field.tsx";
import { Input } from "../../../components/ui/input.tsx";
import { notify } from "../../../components/ui/toast.tsx";
import { LineBullet } from "../../../components/values/line-bullet.tsx";
import type { Entity, MapDocument } from "../../../server/core/map/document.ts";
import type { Edit } from "../../../server/core/map/edits/edit.ts";

/** Makes an entity: empty, or with the fields of an object that a system has. */
export function NewEntityDialog() {
  const [open, setOpen] = useState(false);
  const mayNot = useMayNot("editor");
  return (
    <>
      <Button variant="primary" icon="plus" disabledReason={mayNot} onClick={() => setOpen(true)}>
        New entity
      </Button>
      <Dialog
        title="New entity"
        description="A kind of thing that several systems have: Product, Customer."
        open={open}
        onOpenChange={setOpen}
      >
        {open && <NewEntityForm onDone={() => setOpen(false)} />}
      </Dialog>
    </>
  );
}

function NewEntityForm({ onDone }: { onDone: () => void }) {
  const [name, setName] = useState("");
  const [like, setLike] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | undefined>();
  const make = useMakeEntity(onDone, setProblem);
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") make.mutate({ name: name.trim(), like });
      }}
    >
      <Field label="Name" error={problem} hint="In the singular, as people call one of them.">
        <Input value={name} onChange={setName} placeholder="Product" autoFocus />
      </Field>
      <LikeField like={like} setLike={setLike} />
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button
          type="submit"
          variant="primary"
          busy={make.isPending}
          disabledReason={name.trim() === "" ? "Give it a name" : undefined}
        >
          Make it
        </Button>
      </div>
    </form>
  );
}

type LikeFieldProps = { like: string | null; setLike: (like: string | null) => void };

function LikeField({ like, setLike }: LikeFieldProps) {
  const trpc = useTRPC();
  const { data: objects } = useQuery(trpc.maps.objects.queryOptions());
  const { data: draft } = useQuery(trpc.maps.draft.queryOptions());
  const options = (objects ?? [])
    .filter(({ hasKey }) => hasKey)
    .map(({ system, name, columns }) => {
      const found = draft?.document.systems.find(({ id }) => id === system);
      return {
        value: `${system} ${name}`,
        label: `${found?.name ?? system} ${name}`,
        hint: `${columns} columns`,
        mark: found && <LineBullet system={found} size={16} quiet />,
      };
    });
  return (
    <Field
      label="Begin with the fields of"
      optional
      hint="Each column becomes a field, joined with it; the key becomes the match key."
    >
      <Combobox
        options={options}
        value={like}
        onChange={setLike}
        placeholder="An object of a system"
        emptyText="No system has such an object."
      />
    </Field>
  );
}

/** Makes the entity as one edit of the draft, and goes to its canvas. */
function useMakeEntity(onDone: () => void, tell: (problem: string) => void) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  return useMutation({
    mutationFn: async ({ name, like }: { name: string; like: string | null }) => {
      const { document, revision } = await client.maps.draft.query();
      const [system = "", ...rest] = (like ?? "").split(" ");
      const object =
        like === null ? null : await client.maps.object.query({ system, name: rest.join(" ") });
      const made =
        object === null ? bare(document, name) : entityLike(document, name, system, object);
      const { entity, edit } = made;
      const answer = await client.maps.edit.mutate({ revision, edit });
      return { answer, id: entity.id };
    },
    onError: (error) => tell(problemOf(error).message),
    onSuccess: ({ answer, id }) => {
      if (answer.kind === "refused" || answer.kind === "moved") return tell(answer.message);
      void queryClient.invalidateQueries(trpc.maps.pathFilter());
      notify({ title: "Made in the draft, not live yet" });
      onDone();
      router.push(`/entities/${id}`);
    },
  });
}

function bare(document: MapDocument, name: string): { entity: Entity; edit: Edit } {
  const entity = emptyEntity(document, name);
  return { entity, edit: { type: "add-entity", entity } };
}
