/** Any host will do: only whether an address leaves it is looked at. */
const HERE = "http://here.invalid";

/**
 * Where to go after signing in: the address that was asked for if it is one of ours, else Home.
 *
 * "/runs?state=failed" => the same; "//evil.example.com" => "/"
 */
export function safeReturn(wanted: string | undefined): string {
  if (wanted === undefined || !wanted.startsWith("/")) return "/";
  if (!URL.canParse(wanted, HERE)) return "/";
  const { origin, pathname, search, hash } = new URL(wanted, HERE);
  return origin === HERE ? pathname + search + hash : "/";
}
