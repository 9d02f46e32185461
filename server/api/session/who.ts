import { publicProcedure } from "../trpc.ts";

/** Who is signed in, or null. */
export const who = publicProcedure.query(({ ctx }) => ctx.person);
