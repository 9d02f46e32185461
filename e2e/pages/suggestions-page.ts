import type { Locator, Page } from "@playwright/test";

type Draft = {
  readonly document: {
    readonly bindings: readonly {
      readonly id: string;
      readonly edges: readonly { readonly columns: string[]; readonly fields: string[] }[];
    }[];
  };
  readonly suggested: readonly { readonly binding: string; readonly edge: string }[];
};

/** What may belong together, on the canvas and in the grid. */
export class SuggestionsPage {
  /** All of them, to be read before they are taken. */
  readonly all: Locator;
  readonly allButton: Locator;
  /** Lines that wait for somebody to confirm them. */
  readonly toConfirmButton: Locator;
  readonly toConfirm: Locator;
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
    this.all = page.getByRole("dialog", { name: /^Suggestions for/ });
    this.allButton = page.getByRole("group", { name: "Map", exact: true }).getByRole("button", {
      ...{ name: "Suggestions", exact: true },
    });
    this.toConfirmButton = page.getByRole("button", { name: /^To confirm/ });
    this.toConfirm = page.getByRole("dialog", { name: "Suggested, not confirmed" });
  }

  /** The candidates of one row. */
  for(name: string): Locator {
    return this.#page.getByRole("dialog", { name: new RegExp(`^(Columns|Fields) for ${name}$`) });
  }

  /** The lines of the draft that the server has, of one binding: "net_price – price". */
  async lines(binding: string): Promise<string[]> {
    const { document } = await this.#draft();
    const edges = document.bindings.find(({ id }) => id === binding)?.edges ?? [];
    return edges.map(({ columns, fields }) => `${columns.join("+")} – ${fields.join("+")}`).sort();
  }

  /** Lines that are marked, as the server has them: "erp-products/price". */
  async marks(): Promise<string[]> {
    const { suggested } = await this.#draft();
    return suggested.map(({ binding, edge }) => `${binding}/${edge}`).sort();
  }

  async #draft(): Promise<Draft> {
    const answer = await this.#page.request.get("/api/trpc/maps.draft");
    const { result } = (await answer.json()) as { result: { data: Draft } };
    return result.data;
  }
}
