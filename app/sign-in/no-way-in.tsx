import { Panel } from "./panel.tsx";

/** Nobody has signed in yet, and this visit came without the link. */
export function NobodyYet() {
  return (
    <Panel
      title="Nobody has signed in yet"
      lede={
        <>
          <p>
            The first admin comes in by the one-time link that Fieldline printed in the terminal
            where it was started.
          </p>
          <p className="mt-3">
            It works for 24 hours. If it is lost, too old, or replaced by a later start, stop
            Fieldline with Ctrl-C and start it again with{" "}
            <code className="type-value">npm start</code>: it prints a new one.
          </p>
        </>
      }
    />
  );
}

/** The link in the address does not work any more, but there is an admin. */
export function LinkUsedUp() {
  return <p>The link that brought you here has been used. Sign in with e-mail and password.</p>;
}

/** The invitation in the address does not work any more. */
export function InvitationOver() {
  return (
    <p>
      This invitation has been used, taken back, or is older than a week. Sign in, or ask for a new
      one.
    </p>
  );
}
