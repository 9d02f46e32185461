import { type NextRequest, NextResponse } from "next/server";

/** Session cookies of `server/platform/sign-in.ts`, over http and over https. */
const COOKIES = ["fieldline.session_token", "__Secure-fieldline.session_token"];

/**
 * Sends who has no session to sign in, and tells pages which address was asked for, so that they
 * can do the same when a session turns out to be over.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const address = pathname + search;
  if (!COOKIES.some((name) => request.cookies.has(name))) {
    const signIn = request.nextUrl.clone();
    signIn.pathname = "/sign-in";
    signIn.search = address === "/" ? "" : `?${new URLSearchParams({ return: address })}`;
    return NextResponse.redirect(signIn);
  }
  const headers = new Headers(request.headers);
  headers.set("x-fieldline-address", address);
  return NextResponse.next({ request: { headers } });
}

export const config = {
  // Everything but the API (which answers for itself), sign-in, the gallery, and fixed files.
  matcher: ["/((?!api/|sign-in|gallery|_next/|.*\\.[a-z0-9]+$).*)"],
};
