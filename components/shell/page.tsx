import Link from "next/link";
import { Fragment, type ReactNode } from "react";
import { cx } from "../ui/cx.ts";
import { Icon } from "../ui/icon.tsx";
import { LiveIndicator } from "./live-indicator.tsx";

type PageProps = {
  title: ReactNode;
  /** Where this page lies, without itself: [{ label: "Entities", href: "/entities" }]. */
  crumbs?: readonly { label: string; href: string }[] | undefined;
  /** Before the title: a line bullet, a lamp. */
  mark?: ReactNode;
  /** One sentence, or facts, under the title. */
  lede?: ReactNode;
  /** Buttons; the main one last. */
  actions?: ReactNode;
  /** Across the page under the heading: a `Banner`, a `Toolbar`, tabs. */
  bar?: ReactNode;
  /**
   * `scroll`: the body scrolls and its content stands on the page's margins. `fill`: the body
   * takes the height that is left, edge to edge (tables, canvas, panes).
   */
  body?: "scroll" | "fill" | undefined;
  children: ReactNode;
};

/**
 * A screen: heading, then body. Every screen is one `Page` inside the frame.
 *
 * <Page title="Systems" actions={<Button>Connect</Button>} body="fill"><DataTable … /></Page>
 */
export function Page(props: PageProps) {
  const { title, crumbs, mark, lede, actions, bar, body = "scroll", children } = props;
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <header
        className={cx(
          "shrink-0 border-rule border-b px-4 pt-3 pb-3",
          body === "scroll" && "md:px-6",
        )}
      >
        {crumbs !== undefined && <Crumbs crumbs={crumbs} />}
        <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
          <div className="min-w-0 flex-1 basis-[min(15rem,100%)]">
            <div className="flex min-h-8 items-center gap-3">
              {mark}
              <h1 className="min-w-0 truncate type-display">{title}</h1>
              <LiveIndicator />
            </div>
            {lede !== undefined && <div className="mt-1 type-body text-ink-2">{lede}</div>}
          </div>
          {actions !== undefined && (
            <div data-chrome className="flex flex-wrap items-center gap-2">
              {actions}
            </div>
          )}
        </div>
      </header>
      {bar}
      <div
        data-scroll
        className={cx(
          "min-h-0 min-w-0 flex-1",
          body === "fill" ? "flex flex-col" : "overflow-y-auto p-4 md:px-6 md:py-6",
        )}
      >
        {children}
      </div>
    </div>
  );
}

function Crumbs({ crumbs }: { crumbs: readonly { label: string; href: string }[] }) {
  return (
    <nav aria-label="Where you are" className="flex flex-wrap items-center gap-1 type-small">
      {crumbs.map((crumb) => (
        <Fragment key={crumb.href}>
          <Link
            href={crumb.href}
            className="inline-flex min-h-6 items-center text-ink-2 hover:text-ink hover:underline"
          >
            {crumb.label}
          </Link>
          <Icon name="chevron-right" size={12} className="text-ink-3" />
        </Fragment>
      ))}
    </nav>
  );
}
