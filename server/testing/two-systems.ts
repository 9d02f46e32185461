/** The two systems of most tests that need no more, as a map knows them. */
export const ERP_AND_SHOP = {
  format: 1,
  systems: [
    { id: "erp", name: "ERP", code: "ER", line: 1 },
    { id: "shop", name: "Shop", code: "SH", line: 2 },
  ],
} as const;

/** An edge of one column and one field. */
export const oneToOne = (column: string, field: string) => ({
  ...{ id: field, columns: [column], fields: [field] },
});

export const textField = (id: string) => ({ id, name: id, type: "text" });
