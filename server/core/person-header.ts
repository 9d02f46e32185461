/** In which a call of the browser names the person whom its page was made for. */
export const PERSON_HEADER = "x-fieldline-person";
