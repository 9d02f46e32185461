-- An empty shop: other names, other keys, other types and stricter limits than the ERP's.
create table vendors (
  id uuid primary key default gen_random_uuid(),
  vendor_no integer unique,
  title varchar(60) not null,
  first_name varchar(40),
  last_name varchar(40),
  role varchar(40),
  street varchar(80),
  town varchar(40),
  region varchar(30),
  zip varchar(12),
  country_iso char(2),
  phone varchar(30),
  website text,
  listed_on date not null default current_date
);

create table articles (
  article_id bigint generated always as identity (start with 9001) primary key,
  article_no integer unique,
  title varchar(60) not null,
  pack varchar(40) not null default '',
  price_cents bigint check (price_cents >= 0),
  in_stock integer not null default 0,
  on_sale boolean not null default true,
  vendor uuid references vendors (id)
);

create table clients (
  id uuid primary key default gen_random_uuid(),
  code varchar(5) not null unique,
  company varchar(60) not null,
  given_name varchar(40),
  family_name varchar(40),
  job varchar(40),
  street varchar(80),
  town varchar(40),
  region varchar(30),
  zip varchar(12),
  country_iso char(2),
  phone varchar(24),
  fax varchar(24),
  newsletter boolean not null default false
);

create table purchases (
  purchase_no integer primary key,
  client uuid references clients (id),
  ordered_at timestamptz,
  shipped_at timestamptz,
  freight_cents bigint
);

create table purchase_lines (
  line_id bigint generated always as identity primary key,
  purchase_no integer not null references purchases (purchase_no),
  article bigint not null references articles (article_id),
  pieces integer not null check (pieces > 0),
  piece_cents bigint not null,
  discount_percent numeric(5, 2) not null default 0,
  unique (purchase_no, article)
);
