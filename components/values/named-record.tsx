"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useTRPC } from "../trpc-provider.tsx";
import { valueText } from "./value-text.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Has a text the form of a record's id? */
export const isRecordId = (text: string): boolean => UUID.test(text);

/** A name changes seldom, and a screen may show the same one many times. */
const FRESH_MS = 30_000;

/** A value that refers to a record, by the record's title; its id where there is no such record. */
export function NamedRecord({ id }: { id: string }) {
  const trpc = useTRPC();
  const name = useQuery({
    ...trpc.records.name.queryOptions({ record: id }),
    staleTime: FRESH_MS,
  });
  if (name.data == null) return id;
  const { entity, title, deletedAt } = name.data;
  return (
    <Link
      href={`/records/${id}`}
      title={`${entity} ${id}${deletedAt === null ? "" : ", deleted"}`}
      className={deletedAt === null ? "underline decoration-rule-strong" : "line-through"}
    >
      {valueText(title ?? null)}
    </Link>
  );
}
