import { Icon } from "../../components/ui/icon.tsx";
import { ICON_PATHS, type IconName } from "../../components/ui/icon-paths.ts";
import { Kbd } from "../../components/ui/kbd.tsx";
import { Chapter, Story } from "./story.tsx";

const GROUNDS = [
  ["Enamel", "bg-enamel"],
  ["Panel", "bg-panel"],
  ["Sunk", "bg-sunk"],
  ["Raised", "bg-raised"],
] as const;

/** Type, ink, icons and keys. */
export function TypeStories() {
  return (
    <Chapter title="Type and ink">
      <Story title="The scale" wide>
        <div className="flex flex-col gap-2">
          <div className="type-display">Display: Desk lamp 104</div>
          <div className="type-title">Title: What each system holds</div>
          <div className="type-node">Node: Storefront</div>
          <div className="type-body">Body: The hub keeps its value until somebody decides.</div>
          <div className="type-label">Label: Last agreed value</div>
          <div className="type-small text-ink-2">Small: changed by ERP, 12 min ago</div>
          <div className="type-value">Value: 0O 1lI 5S 8B, 9007199254740993.10 EUR</div>
          <div className="type-figure">12,480</div>
        </div>
      </Story>
      <Story title="Ink on its grounds">
        {GROUNDS.map(([name, ground]) => (
          <div key={name} className={`${ground} w-full rounded-control border border-rule p-2`}>
            <span className="type-label">{name}</span> <span className="text-ink-2">second</span>{" "}
            {ground !== "bg-sunk" && <span className="text-ink-3">third</span>}{" "}
            <a href="#type-and-ink" className="link">
              a text link
            </a>
          </div>
        ))}
      </Story>
      <Story title="Icons">
        {(Object.keys(ICON_PATHS) as IconName[]).map((name) => (
          <span key={name} title={name} className="flex">
            <Icon name={name} />
          </span>
        ))}
      </Story>
      <Story title="Keys">
        <Kbd keys="mod+k" />
        <Kbd keys="g c" />
        <Kbd keys="?" />
        <Kbd keys="shift+x" />
        <Kbd keys="up" />
      </Story>
    </Chapter>
  );
}
