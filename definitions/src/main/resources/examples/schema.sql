-- The shop that every example changes. Runs on an empty database, in one session.
create table customers (
    id bigint generated always as identity primary key,
    first_name text not null,
    last_name text not null,
    email text,
    phone varchar(20),
    created_at timestamptz not null default now()
);

create table orders (
    id bigint generated always as identity primary key,
    customer_id bigint not null references customers (id),
    referrer_id bigint,
    amount integer not null,
    note text,
    status text not null default 'new',
    placed_at timestamptz not null default now()
);

-- Nothing uses it any more.
create table coupons (
    id bigint generated always as identity primary key,
    code text not null,
    percent integer not null
);

create table readings (
    id bigint not null,
    taken_at date not null,
    sensor integer not null,
    fahrenheit numeric(7, 2) not null,
    note text,
    primary key (id, taken_at)
) partition by range (taken_at);

create table readings_2025 partition of readings for values from ('2025-01-01') to ('2026-01-01');
create table readings_2026 partition of readings for values from ('2026-01-01') to ('2027-01-01') partition by hash (id);
create table readings_2026_even partition of readings_2026 for values with (modulus 2, remainder 0);
create table readings_2026_odd partition of readings_2026 for values with (modulus 2, remainder 1);
create table readings_other partition of readings default;

create index customers_last_name_idx on customers (last_name);
create index orders_customer_id_idx on orders (customer_id);
create index orders_status_idx on orders (status);
create index readings_sensor_idx on readings (sensor, taken_at);
create index readings_note_idx on readings (note) where note is not null;

insert into customers (first_name, last_name, email, phone)
select 'First' || n, 'Last' || n, case when n % 10 = 0 then null else 'customer' || n || '@example.com' end, '+33 ' || n
from generate_series(1, 200) as n;

insert into orders (customer_id, referrer_id, amount, note, status)
select 1 + n % 200, case when n % 5 = 0 then 1 + (n / 5) % 200 end, n * 7 % 1000, case when n % 3 = 0 then 'gift' end,
    case n % 4 when 0 then 'new' when 1 then 'paid' when 2 then 'sent' else 'done' end
from generate_series(1, 1000) as n;

insert into coupons (code, percent)
select 'CODE' || n, n % 50
from generate_series(1, 20) as n;

insert into readings (id, taken_at, sensor, fahrenheit, note)
select n, date '2024-07-01' + (n % 900)::integer, n % 7, 32 + (n % 80), case when n % 10 = 0 then 'note ' || n end
from generate_series(1, 1000) as n;
