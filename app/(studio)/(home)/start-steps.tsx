"use client";

import { Section } from "../../../components/shell/section.tsx";
import { Lamp } from "../../../components/ui/lamp.tsx";
import { LinkButton } from "../../../components/ui/link-button.tsx";
import type { Outputs } from "../../../server/api/root.ts";
import { counted } from "./need-words.ts";
import { SandboxOffer } from "./sandbox-offer.tsx";

type Steps = Outputs["home"]["start"];

type Step = {
  title: string;
  words: string;
  done: boolean;
  action: string;
  href: string;
};

/** The first visit: three steps from nothing to records in agreement. */
export function StartSteps({ steps }: { steps: Steps }) {
  const list = stepsOf(steps);
  const next = list.findIndex(({ done }) => !done);
  return (
    <div className="flex max-w-3xl flex-col gap-6">
      <p className="max-w-xl type-body text-ink-2">
        Fieldline keeps records in agreement between systems, field by field. Nothing is read or
        written before you publish a map.
      </p>
      <Section title="Three steps" flush>
        <ol>
          {list.map((step, index) => (
            <StepRow key={step.title} {...{ step }} number={index + 1} isNext={index === next} />
          ))}
        </ol>
      </Section>
      {steps.systems === 0 && <SandboxOffer />}
    </div>
  );
}

function StepRow(props: { step: Step; number: number; isNext: boolean }) {
  const { step, number, isNext } = props;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-rule border-b px-4 py-3 last:border-b-0">
      <span className="w-6 shrink-0 type-figure" aria-hidden>
        {number}
      </span>
      <div className="min-w-0 flex-1 basis-60">
        <h3 className="flex items-center gap-2 type-label">
          {step.title}
          {step.done && <Lamp state="ok" label="Done" />}
        </h3>
        <p className="type-body text-ink-2">{step.words}</p>
      </div>
      <LinkButton href={step.href} variant={isNext ? "primary" : "secondary"}>
        {step.action}
      </LinkButton>
    </li>
  );
}

/** Records move between at least two systems. */
const SYSTEMS_MIN = 2;

function stepsOf({ systems, mapped, published }: Steps): Step[] {
  const connected = systems === 0 ? "" : ` ${counted(systems, "system")} connected so far.`;
  const drawn = mapped === 0 ? "" : ` ${counted(mapped, "entity", "entities")} mapped so far.`;
  return [
    {
      title: "Connect two systems",
      words: `Say how each is reached and see what it holds.${connected}`,
      done: systems >= SYSTEMS_MIN,
      action: systems === 0 ? "Connect a system" : "Connect another",
      href: "/systems/connect",
    },
    {
      title: "Map what they share",
      words: `Draw lines from their columns to the fields of an entity, and say who owns each.${drawn}`,
      done: mapped > 0,
      action: "Draw the map",
      href: "/entities",
    },
    {
      title: "Publish",
      words: "Read what it will do, then set it to work. Every version can be rolled back.",
      done: published > 0,
      action: "Look and publish",
      href: "/versions",
    },
  ];
}
