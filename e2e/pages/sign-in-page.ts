import type { Page } from "@playwright/test";

type Person = { readonly name: string; readonly email: string; readonly password: string };

/** The page before the studio. */
export class SignInPage {
  readonly #page: Page;
  constructor(page: Page) {
    this.#page = page;
  }

  /** The first visit, by the printed link. */
  async becomeAdmin({ name, email, password }: Person): Promise<void> {
    await this.#page.getByLabel("Name").fill(name);
    await this.#page.getByLabel("E-mail").fill(email);
    await this.#page.getByLabel("Password").fill(password);
    await this.#page.getByRole("button", { name: "Start" }).click();
  }

  async signIn({ email, password }: Person): Promise<void> {
    await this.#page.getByLabel("E-mail").fill(email);
    await this.#page.getByLabel("Password").fill(password);
    await this.#page.getByRole("button", { name: "Sign in" }).click();
  }
}
