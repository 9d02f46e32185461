/** How many reasons there are to ask before the page is left. */
let holds = 0;

/**
 * Asks whoever closes or leaves the page whether they mean it, as long as something of theirs has
 * not been sent. Holds also when the component that began it is gone.
 * @returns ends it; call it once
 */
export function holdPage(): () => void {
  holds += 1;
  if (holds === 1) window.addEventListener("beforeunload", ask);
  return () => {
    holds -= 1;
    if (holds === 0) window.removeEventListener("beforeunload", ask);
  };
}

function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
