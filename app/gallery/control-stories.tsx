"use client";

import { useState } from "react";
import { Button } from "../../components/ui/button.tsx";
import { Checkbox } from "../../components/ui/checkbox.tsx";
import { Combobox } from "../../components/ui/combobox.tsx";
import { Field } from "../../components/ui/field.tsx";
import { FileInput } from "../../components/ui/file-input.tsx";
import { IconButton } from "../../components/ui/icon-button.tsx";
import { Input } from "../../components/ui/input.tsx";
import { LinkButton } from "../../components/ui/link-button.tsx";
import { RadioGroup } from "../../components/ui/radio-group.tsx";
import { Segmented } from "../../components/ui/segmented.tsx";
import { Select } from "../../components/ui/select.tsx";
import { Switch } from "../../components/ui/switch.tsx";
import { Tabs } from "../../components/ui/tabs.tsx";
import { Textarea } from "../../components/ui/textarea.tsx";
import { LineBullet } from "../../components/values/line-bullet.tsx";
import { CRM, ERP, SHOP } from "./samples.ts";
import { Chapter, Story } from "./story.tsx";

const SYSTEMS = [ERP, SHOP, CRM].map((system) => ({
  value: system.code,
  label: system.name,
  mark: <LineBullet system={system} quiet />,
}));
const ENDS = [
  { value: "revert", label: "Set it back", hint: "The owner's value is written again." },
  { value: "apart", label: "Keep both", hint: "The system keeps its own value." },
  { value: "review", label: "Ask", hint: "It waits for a person." },
];

/** Buttons and what can be filled in. */
export function ControlStories() {
  return (
    <Chapter title="Controls">
      <ButtonStories />
      <TextStories />
      <ChoiceStories />
    </Chapter>
  );
}

function ButtonStories() {
  return (
    <>
      <Story title="Buttons">
        <Button variant="primary" icon="check">
          Publish
        </Button>
        <Button>Compare</Button>
        <Button variant="quiet" icon="filter">
          Filter
        </Button>
        <Button variant="danger" icon="trash">
          Remove
        </Button>
      </Story>
      <Story title="Small; with keys; at work; not now">
        <Button size="sm" variant="primary">
          Take
        </Button>
        <Button size="sm" keys="1">
          Take ERP
        </Button>
        <Button variant="primary" keys="mod+enter">
          Save
        </Button>
        <Button busy>Testing</Button>
        <Button disabledReason="The draft has two errors.">Publish</Button>
      </Story>
      <Story title="Icon buttons; link">
        <IconButton icon="copy" label="Copy link" keys="y" />
        <IconButton icon="dots" label="More" size="sm" />
        <IconButton icon="undo" label="Undo" disabledReason="Nothing to undo." />
        <IconButton icon="plus" label="Add" variant="secondary" />
        <LinkButton href="#controls" icon="arrow-right">
          Go there
        </LinkButton>
      </Story>
    </>
  );
}

function TextStories() {
  const [text, setText] = useState("erp.example.com");
  const [note, setNote] = useState("");
  return (
    <>
      <Story title="Text" flush>
        <div className="flex flex-col gap-4 p-4">
          <Field label="Host" hint="Name or address of the server.">
            <Input value={text} onChange={setText} />
          </Field>
          <Field label="Code" error="Two capital letters or digits.">
            <Input mono value="erp" onChange={() => {}} />
          </Field>
          <Field label="Note" optional>
            <Textarea value={note} onChange={setNote} placeholder="Why this change?" />
          </Field>
          <Field label="The file" hint="YAML">
            <FileInput accept=".yaml" onChange={() => undefined} />
          </Field>
        </div>
      </Story>
      <Story title="Search; disabled; read only" flush>
        <div className="flex flex-col gap-4 p-4">
          <Input icon="search" aria-label="Find" placeholder="Find" value="" onChange={() => {}} />
          <Input aria-label="Disabled" disabled value="cannot be changed" onChange={() => {}} />
          <Input aria-label="Read only" readOnly mono value="P-00104" onChange={() => {}} />
        </div>
      </Story>
    </>
  );
}

function ChoiceStories() {
  const [system, setSystem] = useState<string | null>("SH");
  const [end, setEnd] = useState("review");
  const [on, setOn] = useState(true);
  const [view, setView] = useState("canvas");
  const [tab, setTab] = useState("mapping");
  return (
    <>
      <Story title="Select; combobox" flush>
        <div className="flex flex-col gap-4 p-4">
          <Field label="Owner">
            <Select options={SYSTEMS} value={system} onChange={setSystem} />
          </Field>
          <Field label="System">
            <Combobox options={SYSTEMS} value={system} onChange={setSystem} />
          </Field>
        </div>
      </Story>
      <Story title="Radio">
        <RadioGroup label="A refused edit" options={ENDS} value={end} onChange={setEnd} />
      </Story>
      <Story title="On and off">
        <Checkbox label="Only failed" checked={on} onChange={setOn} />
        <Checkbox label="Some" mixed checked={false} onChange={setOn} />
        <Checkbox label="Not now" disabled checked={false} onChange={setOn} />
        <Switch label="People at work" checked={on} onChange={setOn} />
        <Switch label="Off" checked={false} onChange={setOn} />
      </Story>
      <Story title="Segmented">
        <Segmented
          label="View"
          value={view}
          onChange={setView}
          options={[
            { value: "canvas", label: "Canvas" },
            { value: "grid", label: "Grid" },
          ]}
        />
      </Story>
      <Story title="Tabs" flush>
        <Tabs
          label="Field"
          value={tab}
          onChange={setTab}
          items={[
            { value: "mapping", label: "Mapping", panel: <p className="p-4">Two edges.</p> },
            { value: "owner", label: "Ownership", panel: <p className="p-4">ERP owns it.</p> },
            { value: "issues", label: "Issues", count: 3, panel: <p className="p-4">Three.</p> },
          ]}
        />
      </Story>
    </>
  );
}
