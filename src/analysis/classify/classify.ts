export const UNSOLICITED_AT = 0.8;
