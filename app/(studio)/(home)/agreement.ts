type Agreeing = { readonly records: number; readonly apart: number };

/** Several entities taken together. */
export function agreementOf(entities: readonly Agreeing[]): Agreeing {
  return {
    records: entities.reduce((sum, { records }) => sum + records, 0),
    apart: entities.reduce((sum, { apart }) => sum + apart, 0),
  };
}

/**
 * The share of records that agree. Never 100 % while one does not, never 0 % while one does.
 *
 * 5000, 1 => "99.9 %"; 5000, 0 => "100 %"
 */
export function shareText(records: number, apart: number): string {
  if (records === 0) return "–";
  if (apart === 0) return "100 %";
  if (apart >= records) return "0 %";
  const tenths = Math.round(((records - apart) / records) * 1000);
  return `${(Math.min(999, Math.max(1, tenths)) / 10).toFixed(1)} %`;
}
