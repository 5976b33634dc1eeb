/** Whether a text is a whole number that fits into so many bits, with its sign. */
export function isInteger(text: string, bits: bigint): boolean {
  if (!/^(?:0|-?[1-9]\d{0,19})$/.test(text)) return false;
  const value = BigInt(text);
  const limit = 1n << (bits - 1n);
  return value >= -limit && value < limit;
}

/** Whether a text is a number of so many digits, of which so many may follow the point. */
export function isDecimal(
  text: string,
  { precision, scale }: { readonly precision: number; readonly scale: number },
): boolean {
  const [, whole, fraction = ""] = /^-?(0|[1-9]\d*)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined || fraction.length > scale) return false;
  return whole === "0" || whole.length <= precision - scale;
}

const MONTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysOf(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return (MONTHS[month - 1] ?? 0) + (month === 2 && isLeap ? 1 : 0);
}

/** Whether a text is a day that there is: 2026-01-31. */
export function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  if (year === undefined || Number(year) < 1) return false;
  return Number(day) >= 1 && Number(day) <= daysOf(Number(year), Number(month));
}

/** Whether a text is a moment in UTC: 2026-01-31T12:00:00Z. */
export function isDateTime(text: string): boolean {
  const [, day, hour, minute, second] =
    /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2}):(\d{2})Z$/.exec(text) ?? [];
  if (day === undefined || !isDate(day)) return false;
  return Number(hour) < 24 && Number(minute) < 60 && Number(second) < 60;
}

/** Whether a text is a UUID in its usual form. */
export function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}

/** Whether a text is an address on the web, in ASCII and without a password. */
export function isUrl(text: string): boolean {
  const isPlain =
    /^https?:\/\/[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][A-Za-z0-9\-._~:/?#[\]!$&'()*+,;=%]*)?$/;
  return text.length <= 2048 && isPlain.test(text) && URL.canParse(text);
}
