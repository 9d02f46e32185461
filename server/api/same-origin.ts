/**
 * A browser says from where a call comes. `SameSite` alone is not enough: another program on
 * 127.0.0.1 is the same site. A client that is no browser says nothing and brings no cookie.
 */
export function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get("origin");
  if (origin === null) return true;
  return URL.canParse(origin) && new URL(origin).host === headers.get("host");
}
