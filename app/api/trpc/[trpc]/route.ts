import { answerTrpc } from "../../../../server/api/http.ts";

export const dynamic = "force-dynamic";
export { answerTrpc as GET, answerTrpc as POST };
