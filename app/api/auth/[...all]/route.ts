import { answerSignIn } from "../../../../server/api/http.ts";

export const dynamic = "force-dynamic";
export { answerSignIn as POST };
