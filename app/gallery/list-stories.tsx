"use client";

import { useState } from "react";
import { Button } from "../../components/ui/button.tsx";
import { Count } from "../../components/ui/count.tsx";
import { type Column, DataTable } from "../../components/ui/data-table.tsx";
import { EmptyState } from "../../components/ui/empty-state.tsx";
import { Input } from "../../components/ui/input.tsx";
import { Lamp } from "../../components/ui/lamp.tsx";
import { RowItem, RowList } from "../../components/ui/row-list.tsx";
import { SplitPane } from "../../components/ui/split-pane.tsx";
import { Table, Td, Th } from "../../components/ui/table.tsx";
import { Toolbar } from "../../components/ui/toolbar.tsx";
import { FieldValue } from "../../components/values/field-value.tsx";
import { LineBullet } from "../../components/values/line-bullet.tsx";
import { CRM, ERP, ROWS, type SampleRow, SHOP } from "./samples.ts";
import { Chapter, Story } from "./story.tsx";

const COLUMNS: readonly Column<SampleRow>[] = [
  { id: "state", header: "State", width: "56px", cell: (row) => <Lamp state={row.state} /> },
  {
    id: "sku",
    header: "Number",
    width: "120px",
    sortable: true,
    cell: (row) => <FieldValue value={row.sku} />,
  },
  { id: "name", header: "Name", cell: (row) => <span className="truncate">{row.name}</span> },
  {
    id: "owner",
    header: "Owner",
    width: "88px",
    cell: () => <LineBullet system={ERP} />,
  },
  {
    id: "price",
    header: "Price",
    width: "120px",
    numeric: true,
    cell: (row) => <FieldValue value={{ amount: row.price, currency: "EUR" }} />,
  },
];

/** Tables, virtual lists, panes. */
export function ListStories() {
  return (
    <Chapter title="Lists">
      <ListStory />
      <Story title="Virtual list: nothing" flush>
        <div className="flex h-48 flex-col">
          <DataTable
            label="No records"
            columns={COLUMNS.slice(1, 3)}
            rows={[]}
            rowId={(row: SampleRow) => row.id}
            empty={<EmptyState title="No records">Nothing was read yet.</EmptyState>}
          />
        </div>
      </Story>
      <Story title="Rows that wrap" flush>
        <RowList label="Needs you">
          <RowItem
            mark={<Lamp state="conflict" />}
            title="Decide 12 conflicts in Price"
            note="The oldest since yesterday"
            facts={<LineBullet system={ERP} />}
            end={<Button size="sm">Decide</Button>}
          />
          <RowItem mark={<Lamp state="quarantined" />} title="Correct 3 phone numbers" />
        </RowList>
      </Story>
      <Story title="Plain table" flush>
        <Table label="What each system holds">
          <thead>
            <tr>
              <Th>System</Th>
              <Th>Value</Th>
              <Th numeric>Changes</Th>
            </tr>
          </thead>
          <tbody>
            {[ERP, SHOP, CRM].map((system, index) => (
              <tr key={system.code}>
                <Td>
                  <span className="flex items-center gap-2">
                    <LineBullet system={system} quiet />
                    {system.name}
                  </span>
                </Td>
                <Td>
                  <FieldValue value={index === 2 ? null : "1249.90"} />
                </Td>
                <Td numeric>{index * 12}</Td>
              </tr>
            ))}
          </tbody>
        </Table>
      </Story>
    </Chapter>
  );
}

function ListStory() {
  const [openId, setOpenId] = useState<string | null>("row-3");
  const [sort, setSort] = useState({ column: "sku", descending: false });
  const open = ROWS.find((row) => row.id === openId);
  const rows = sort.descending ? ROWS.toReversed() : ROWS;
  return (
    <Story title="Virtual list of 5,000 with a pane beside it" wide flush>
      <div className="flex h-80">
        <SplitPane
          label="Details"
          side="end"
          size={320}
          narrow="main"
          panel={
            <div className="p-4">
              <h4 className="type-title">{open?.name}</h4>
              <p className="text-ink-2">{open?.sku}</p>
            </div>
          }
        >
          <Toolbar label="Filters" end={<Count value={ROWS.length} of="records" />}>
            <Input
              icon="search"
              aria-label="Find a record"
              placeholder="Find a record"
              className="max-w-60"
              value=""
              onChange={() => {}}
            />
          </Toolbar>
          <DataTable
            label="Records"
            columns={COLUMNS}
            rows={rows}
            rowId={(row) => row.id}
            onOpen={(row) => setOpenId(row.id)}
            {...{ openId, sort }}
            onSort={setSort}
          />
        </SplitPane>
      </div>
    </Story>
  );
}
