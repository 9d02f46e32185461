"use client";

import { useRouter } from "next/navigation";
import { notify } from "../../ui/toast.tsx";

/** What follows when a version is live: it is told, and shown beside the one before. */
export function useWentLive(onDone: () => void): (version: number) => void {
  const router = useRouter();
  return (version) => {
    notify({ title: `Version ${version} is live`, tone: "ok" });
    onDone();
    router.push(`/versions?from=${version - 1}&to=${version}`);
  };
}
