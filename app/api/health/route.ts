import { answerHealth } from "../../../server/api/http.ts";

export const dynamic = "force-dynamic";
export { answerHealth as GET };
