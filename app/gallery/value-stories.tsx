"use client";

import { FieldValue } from "../../components/values/field-value.tsx";
import { BULLET_ROLES, LineBullet } from "../../components/values/line-bullet.tsx";
import { ValueDiff } from "../../components/values/value-diff.tsx";
import { CRM, ERP, LINES, LONG_TEXT, SHOP } from "./samples.ts";
import { Chapter, Story } from "./story.tsx";

const SIZES = [16, 20, 28, 40] as const;

/** Bullets, values, differences. */
export function ValueStories() {
  return (
    <Chapter title="Values">
      <Story title="Lines 1 to 12: owner, contributor, reader" wide>
        {(["owner", "contributor", "reader"] as const).map((role) => (
          <div key={role} className="flex w-full flex-wrap items-center gap-2">
            {LINES.map((system) => (
              <LineBullet key={system.line} system={system} as={role} size={28} />
            ))}
          </div>
        ))}
      </Story>
      {BULLET_ROLES.map((role) => (
        <Story key={role} title={`Bullet: ${role}`}>
          {SIZES.map((size) => (
            <LineBullet key={size} system={SHOP} against={ERP} as={role} size={size} />
          ))}
        </Story>
      ))}
      <Story title="Bullet: stale; production; both">
        {SIZES.map((size) => (
          <LineBullet key={size} system={{ ...CRM, stale: true }} size={size} />
        ))}
        {SIZES.map((size) => (
          <LineBullet key={size} system={{ ...ERP, production: true }} size={size} />
        ))}
        <LineBullet system={{ ...SHOP, stale: true, production: true }} size={28} />
        <LineBullet system={{ ...SHOP, production: true }} as="contributor" size={28} />
      </Story>
      <Story title="The four states of a value">
        <FieldValue value="Ada Lovelace" />
        <FieldValue value={null} />
        <FieldValue value="" />
        <FieldValue value={undefined} />
        <FieldValue value="null" />
      </Story>
      <Story title="Values by type">
        <FieldValue value={{ amount: "1249.90", currency: "EUR" }} type="money" />
        <FieldValue value={{ amount: "2.5", unit: "kg" }} type="quantity" />
        <FieldValue value="2026-02-28" type="date" />
        <FieldValue value="2026-02-28T13:02:00.5Z" type="instant" />
        <FieldValue value={true} type="boolean" />
        <FieldValue value={["red", "oak", ""]} type="set" />
        <FieldValue value="  padded " />
      </Story>
      <Story title="Long text, cut, with all of it behind a press">
        <FieldValue value={LONG_TEXT} expandable />
      </Story>
      <DiffStories />
    </Chapter>
  );
}

function DiffStories() {
  const marks = {
    beforeMark: <LineBullet system={ERP} />,
    afterMark: <LineBullet system={SHOP} as="contributor" />,
  };
  return (
    <>
      <Story title="Difference: characters">
        <ValueDiff before="Hauptstraße 12" after="Hauptstrasse 14" {...marks} />
      </Story>
      <Story title="Difference: money, date">
        <ValueDiff
          before={{ amount: "1249.90", currency: "EUR" }}
          after={{ amount: "1199.90", currency: "EUR" }}
        />
        <ValueDiff before="2026-02-28" after="2026-03-01" />
      </Story>
      <Story title="Difference: from null, to empty, from absent">
        <ValueDiff before={null} after="+49 30 1234" />
        <ValueDiff before="+49 30 1234" after="" />
        <ValueDiff before={undefined} after="new" />
      </Story>
      <Story title="Difference: one line of a row">
        <ValueDiff line before={LONG_TEXT} after={LONG_TEXT.replace("oak", "ash")} {...marks} />
      </Story>
    </>
  );
}
