-- What an engineer would write by hand for this one company: the same facts and the same figures of the performance
-- and collection marts, and nothing else. Variables: `text` (the exports as UTF-8), `opening` (opening balances as
-- Parquet), `out` (folder of the Parquet files), `as_of`. It runs in the file that keeps the marts.
set preserve_insertion_order = false;

create or replace macro amount(cell) as
    try_cast(replace(replace(cell, ',', ''), '￥', '') as decimal(18, 2));

-- ------------------------------------------------------------------------------------------------ periods and units

create temp table days as
select unnest(generate_series(date '2022-12-26', getvariable('as_of')::date, interval 1 day))::date as day;

create temp table period_days as
select day, 'week' as period_type, date_trunc('week', day)::date as period_start from days
union all select day, 'month', date_trunc('month', day)::date from days where day >= '2023-01-01'
union all select day, 'quarter', date_trunc('quarter', day)::date from days where day >= '2023-01-01'
union all
select day, 'half', make_date(year(day), if(month(day) < 7, 1, 7), 1) from days where day >= '2023-01-01'
union all select day, 'year', date_trunc('year', day)::date from days where day >= '2023-01-01';

create temp table periods as
select period_type, period_start, max(day) + 1 as cutoff from period_days group by all;

create temp table org_units as
with source as (
    select
        部门编码 as org_unit_id, 上级部门 as parent_id, 层级 as org_level,
        coalesce(try_cast(失效日期 as date), date '9999-12-31') as valid_to,
        if(上级部门 is null, date '1900-01-01', try_cast(生效日期 as date)) as valid_from
    from read_csv(getvariable('text') || '/组织架构_*.csv', all_varchar = true)
), parents as (
    select distinct parent_id from source where parent_id is not null
)
select org_unit_id, parent_id, valid_from, valid_to from source
union all
select parent_id || '/direct', parent_id, date '1900-01-01', date '9999-12-31' from parents
union all
select 'unassigned', org_unit_id, date '1900-01-01', date '9999-12-31' from source where parent_id is null;

create temp table closure as
with recursive closure as (
    select org_unit_id as ancestor_id, org_unit_id, valid_from, valid_to from org_units
    union all
    select c.ancestor_id, u.org_unit_id, greatest(c.valid_from, u.valid_from), least(c.valid_to, u.valid_to)
    from closure as c
    join org_units as u
        on u.parent_id = c.org_unit_id and greatest(c.valid_from, u.valid_from) < least(c.valid_to, u.valid_to)
)
select * from closure;

-- A seat is a unit between two changes of the organisation: who sits there counts for all units above it.
create temp table eras as
select day as valid_from, coalesce(lead(day) over (order by day), date '9999-12-31') as valid_to
from (select valid_from as day from closure union select valid_to from closure where valid_to < '9999-12-31');

create temp table seats as
with placed as (
    select
        工号 as employee_id,
        if(部门编码 in (select parent_id from org_units), 部门编码 || '/direct', 部门编码) as org_unit_id,
        try_cast(生效日期 as date) as valid_from,
        least(
            coalesce(try_cast(失效日期 as date), date '9999-12-31'),
            coalesce(lead(try_cast(生效日期 as date)) over (partition by 工号 order by 生效日期), date '9999-12-31')
        ) as valid_to
    from read_csv(getvariable('text') || '/任职记录_*.csv', all_varchar = true)
)
select
    employee_id, p.org_unit_id, strftime(e.valid_from, '%Y%m%d') || p.org_unit_id as seat,
    greatest(p.valid_from, e.valid_from) as valid_from, least(p.valid_to, e.valid_to) as valid_to
from placed as p
join eras as e on p.valid_from < e.valid_to and p.valid_to > e.valid_from
semi join closure as c on c.org_unit_id = p.org_unit_id and c.valid_from < e.valid_to and c.valid_to > e.valid_from;

create temp table units_above as
select distinct s.seat, c.ancestor_id as org_unit_id
from (select seat, org_unit_id, min(valid_from) as day from seats group by all) as s
join closure as c on c.org_unit_id = s.org_unit_id and c.valid_from <= s.day and c.valid_to > s.day
union all
select 'unassigned', ancestor_id from closure where org_unit_id = 'unassigned';

create temp table customers as
select 客户编码 as customer_id, 区域编码 as territory_id, try_cast("账期(天)" as integer) as credit_days
from read_csv(getvariable('text') || '/客户档案_*.csv', all_varchar = true, filename = true)
where 客户编码 is not null
qualify filename = max(filename) over ();

create temp table products as
select 物料编码 as product_id, 产品线 as product_line, amount(标准成本) as standard_cost
from read_csv(getvariable('text') || '/物料_*.txt', all_varchar = true, delim = '\t', filename = true)
qualify filename = max(filename) over ();

create temp table rates as
select
    币别 as currency, try_cast(汇率 as decimal(28, 8)) as rate, try_cast(生效日期 as date) as valid_from,
    coalesce(lead(try_cast(生效日期 as date)) over (partition by 币别 order by 生效日期), date '9999-12-31') as valid_to
from read_csv(getvariable('text') || '/汇率_*.csv', all_varchar = true)
where 目标币别 = 'CNY';

-- ------------------------------------------------------------------------------------------------------------ orders

create temp table export as
select
    单据编号 as order_id, try_cast(日期 as date) as ordered_on, 单据状态 as status, 客户编码 as customer_id,
    销售员工号 as employee_id, 区域编码 as territory_id, 渠道 as channel, 币别 as currency,
    try_cast(行号 as bigint) as line_number, 物料编码 as product_id,
    try_cast(replace(数量, ',', '') as decimal(18, 4)) as quantity, amount(不含税金额) as net_amount,
    amount(成本金额) as cost_amount, try_cast(要货日期 as date) as promised_on,
    try_cast(出货日期 as date) as shipped_on, try_cast(修改日期 as date) as modified_on
from read_csv(getvariable('text') || '/销售订单_*.csv', all_varchar = true, header = true, ignore_errors = true)
where 单据编号 <> '合计';

-- Every export holds all lines of an order that changed, so the newest day of an order tells its newest lines.
create temp table newest as
select order_id, max(modified_on) as modified_on from export group by order_id;

create temp table orders as
select
    order_id, any_value(ordered_on) as ordered_on, any_value(status) as status, any_value(customer_id) as customer_id,
    any_value(employee_id) as employee_id, any_value(territory_id) as territory_id, any_value(channel) as channel,
    any_value(currency) as currency
from export
semi join newest using (order_id, modified_on)
where ordered_on is not null
group by order_id;

create temp table confirmed as
select o.*, coalesce(s.org_unit_id, 'unassigned') as org_unit_id, coalesce(s.seat, 'unassigned') as seat
from orders as o
left join seats as s
    on o.employee_id = s.employee_id and o.ordered_on >= s.valid_from and o.ordered_on < s.valid_to
where o.status = '已审核' and o.ordered_on <= getvariable('as_of')::date;

create temp table repeated as
select order_id, line_number from export semi join newest using (order_id, modified_on)
where line_number is not null and quantity is not null and net_amount is not null
group by all having count(*) > 1;

create table fct_order_lines as
with lines as (
    select order_id, line_number, product_id, quantity, net_amount, cost_amount, promised_on, shipped_on
    from export
    semi join newest using (order_id, modified_on)
    anti join repeated using (order_id, line_number)
    where line_number is not null and quantity is not null and net_amount is not null
    union all
    select distinct on (order_id, line_number)
        order_id, line_number, product_id, quantity, net_amount, cost_amount, promised_on, shipped_on
    from export
    semi join newest using (order_id, modified_on)
    semi join repeated using (order_id, line_number)
    where line_number is not null and quantity is not null and net_amount is not null
)
select
    l.order_id, l.line_number, o.ordered_on as business_date, o.customer_id, o.employee_id, o.org_unit_id,
    coalesce(o.territory_id, c.territory_id) as territory_id, o.channel, l.product_id, p.product_line, l.quantity,
    case when o.currency = 'CNY' then l.net_amount::decimal(18, 6) else (l.net_amount * r.rate)::decimal(18, 6) end
        as net_amount,
    case
        when l.cost_amount is null then (l.quantity * p.standard_cost)::decimal(18, 4)
        when o.currency = 'CNY' then l.cost_amount::decimal(18, 4)
        else (l.cost_amount * r.rate)::decimal(18, 4)
    end as cost_amount,
    o.currency, if(l.shipped_on <= getvariable('as_of')::date, l.shipped_on, null) as shipped_on, l.promised_on, o.seat
from lines as l
join confirmed as o using (order_id)
left join customers as c on o.customer_id = c.customer_id
left join products as p on l.product_id = p.product_id
left join rates as r
    on o.currency = r.currency and o.ordered_on >= r.valid_from and o.ordered_on < r.valid_to;

drop table export;
drop table newest;

-- ------------------------------------------------------------------------------------------------------- receivables

create temp table invoices as
select
    发票号 as invoice_id, try_cast(开票日期 as date) as invoiced_on, 客户编码 as customer_id, 业务员工号 as employee_id,
    订单号 as order_id, amount(不含税金额) as net_amount, amount(价税合计) as gross_amount,
    try_cast(到期日 as date) as due_on, 状态 as status
from read_csv(getvariable('text') || '/销售发票_*.csv', all_varchar = true, filename = true)
where 发票号 <> '合计'
qualify row_number() over (partition by 发票号 order by filename desc) = 1;

create table fct_invoices as
select
    i.invoice_id, i.invoiced_on as business_date, i.due_on, i.customer_id, i.employee_id,
    coalesce(s.org_unit_id, 'unassigned') as org_unit_id, i.order_id, i.net_amount, i.gross_amount
from invoices as i
left join seats as s on i.employee_id = s.employee_id and i.invoiced_on >= s.valid_from and i.invoiced_on < s.valid_to
where i.status = '已审核' and i.invoiced_on <= getvariable('as_of')::date;

create temp table credit_notes as
select
    红字发票号 as credit_note_id, n.原发票号 as invoice_id, n.客户编码 as customer_id,
    coalesce(n.业务员工号, i.employee_id) as employee_id, i.order_id, try_cast(日期 as date) as credited_on,
    abs(amount(n.不含税金额)) as net_amount, amount(translate(n.价税合计, '()-', '')) as gross_amount
from read_csv(getvariable('text') || '/红字发票_*.csv', all_varchar = true) as n
left join invoices as i on n.原发票号 = i.invoice_id;

create temp table receipts as
select
    收款单号 as receipt_id, try_cast(收款日期 as date) as received_on, 客户编码 as customer_id,
    业务员工号 as employee_id, map {'销售收款': 'receipt', '预收款': 'advance', '押金': 'deposit', '退款': 'refund'}[收款用途] as kind,
    map {'电汇': 'bank', '银行承兑汇票': 'bank_acceptance', '商业承兑汇票': 'commercial_acceptance',
        '供应链票据': 'supply_chain', '现金': 'cash'}[结算方式] as method,
    try_cast(票据到期日 as date) as matures_on, 币别 as currency,
    if(收款用途 = '退款', - abs(amount(收款金额)), amount(收款金额)) as amount
from read_csv(getvariable('text') || '/收款单_*.csv', all_varchar = true, filename = true)
where 单据状态 = '已审核' and try_cast(收款日期 as date) <= getvariable('as_of')::date and amount(收款金额) is not null
qualify row_number() over (partition by 收款单号 order by filename desc) = 1;

create temp table documents as
with billed as (
    select
        i.invoice_id as document_id, 'invoice' as kind, i.invoiced_on as document_date, i.invoiced_on as entered_on,
        i.due_on, i.customer_id, coalesce(i.employee_id, o.employee_id) as employee_id, i.gross_amount as amount
    from invoices as i
    left join orders as o on i.order_id = o.order_id
    where i.status = '已审核' and i.invoiced_on between '2023-01-01' and getvariable('as_of')::date
    union all
    select
        invoice_id, 'opening', invoiced_on, date '2022-12-31', due_on, customer_id, employee_id,
        round(open_amount, 2)::decimal(18, 2)
    from read_parquet(getvariable('opening'))
), all_documents as (
    from billed
    union all
    select
        credit_note_id, 'credit_note', credited_on, credited_on, credited_on, customer_id, employee_id, - gross_amount
    from credit_notes
    anti join billed on credit_notes.invoice_id = billed.document_id
)
select
    d.*, coalesce(s.org_unit_id, 'unassigned') as org_unit_id, coalesce(s.seat, 'unassigned') as seat
from all_documents as d
left join seats as s on d.employee_id = s.employee_id and d.document_date >= s.valid_from and d.document_date < s.valid_to
where d.entered_on <= getvariable('as_of')::date;

create temp table instalments as
with stated as (
    select
        i.发票号 as document_id, try_cast(i.期次 as bigint) as instalment_number, try_cast(i.到期日 as date) as due_on,
        amount(i."金额(含税)") as amount
    from read_csv(getvariable('text') || '/收款计划_*.csv', all_varchar = true) as i
    join documents as d on i.发票号 = d.document_id and d.kind = 'invoice'
), totals as (
    select document_id, max(instalment_number) as last_number, sum(amount) as amount from stated group by document_id
), everything as (
    from stated
    union all
    select
        d.document_id, coalesce(t.last_number, 0) + 1,
        coalesce(d.due_on, d.document_date + coalesce(c.credit_days, 0)), (d.amount - coalesce(t.amount, 0))::decimal(18, 2)
    from documents as d
    left join totals as t using (document_id)
    left join customers as c on d.customer_id = c.customer_id
    where t.document_id is null or d.amount <> t.amount
)
select *, count(*) over (partition by document_id) as parts from everything;

create temp table settlements as
with everything as (
    select
        'applied' as kind, 核销行号 as source_id, try_cast(核销日期 as date) as day, 发票号 as document_id,
        try_cast(期次 as bigint) as instalment_number, 收款单号 as receipt_id, amount(核销金额) as amount
    from read_csv(getvariable('text') || '/核销明细_*.csv', all_varchar = true)
    union all
    select 'credit_note', credit_note_id, credited_on, invoice_id, null, null, gross_amount from credit_notes
    union all
    select 'written_off', 核销单号, try_cast(日期 as date), 发票号, null, null, amount("金额(含税)")
    from read_csv(getvariable('text') || '/坏账核销_*.csv', all_varchar = true)
)
select s.* exclude (day), greatest(s.day, d.entered_on) as business_date
from everything as s
join documents as d on s.document_id = d.document_id and d.kind in ('invoice', 'opening')
where s.day <= getvariable('as_of')::date and (d.kind = 'invoice' or s.day > d.entered_on);

-- Most invoices have one instalment, which takes everything; what is not stated of others goes to the oldest due first.
create temp table settled as
with known as (
    select s.kind, s.source_id, s.receipt_id, s.business_date, s.amount, i.document_id, i.instalment_number
    from settlements as s
    join instalments as i
        on s.document_id = i.document_id and (i.parts = 1 or s.instalment_number = i.instalment_number)
), unknown as (
    select
        s.*, sum(s.amount) over (
            partition by s.document_id order by s.business_date, s.kind, s.source_id rows unbounded preceding
        ) as running
    from settlements as s
    semi join (from instalments where parts > 1) as several on s.document_id = several.document_id
    anti join instalments as i on s.document_id = i.document_id and s.instalment_number = i.instalment_number
), taken as (
    select document_id, instalment_number, sum(amount) as amount from known group by all
), capacity as (
    select
        i.document_id, i.instalment_number, greatest(i.amount - coalesce(t.amount, 0), 0) as amount,
        sum(greatest(i.amount - coalesce(t.amount, 0), 0)) over oldest_first as range_end,
        row_number() over oldest_first as place, i.parts
    from instalments as i
    left join taken as t using (document_id, instalment_number)
    where i.parts > 1
    window oldest_first as (partition by i.document_id order by i.due_on, i.instalment_number)
), shared as (
    select
        u.kind, u.source_id, u.receipt_id, u.business_date,
        sign(u.amount) * (
            if(c.place = c.parts, greatest(u.running - u.amount, u.running),
                least(greatest(u.running - u.amount, u.running), c.range_end))
            - if(c.place = 1, least(u.running - u.amount, u.running),
                greatest(least(u.running - u.amount, u.running), c.range_end - c.amount))
        ) as amount,
        sign(u.amount) as direction, c.document_id, c.instalment_number
    from unknown as u
    join capacity as c using (document_id)
)
from known
union all
select kind, source_id, receipt_id, business_date, amount::decimal(18, 2), document_id, instalment_number
from shared
where amount * direction > 0;

create temp table rests as
select r.*, r.amount - coalesce(s.amount, 0) as rest
from receipts as r
left join (select receipt_id, sum(amount) as amount from settlements group by all) as s using (receipt_id);

-- Cash that nobody applied pays the customer's oldest open instalments.
create temp table applied_by_age as
with open_items as (
    select
        d.customer_id, d.document_id, i.instalment_number, d.entered_on, i.amount - coalesce(s.amount, 0) as amount,
        sum(i.amount - coalesce(s.amount, 0)) over (
            partition by d.customer_id order by i.due_on, d.document_id, i.instalment_number rows unbounded preceding
        ) as range_end
    from instalments as i
    join documents as d using (document_id)
    left join (select document_id, instalment_number, sum(amount) as amount from settled group by all) as s
        using (document_id, instalment_number)
    where i.amount > coalesce(s.amount, 0)
), loose as (
    select *, sum(rest) over (partition by customer_id order by received_on, receipt_id rows unbounded preceding) as range_end
    from rests
    where kind = 'receipt' and rest > 0 and received_on >= '2023-01-01'
)
select
    o.document_id, o.instalment_number, l.receipt_id, greatest(l.received_on, o.entered_on) as business_date,
    (least(l.range_end, o.range_end) - greatest(l.range_end - l.rest, o.range_end - o.amount))::decimal(18, 2) as amount
from loose as l
join open_items as o
    on l.customer_id = o.customer_id and l.range_end > o.range_end - o.amount and o.range_end > l.range_end - l.rest;

create table fct_receipt_applications as
with applied as (
    select source_id as application_id, receipt_id, document_id, instalment_number, business_date, false as is_assumed, amount
    from settled
    where kind = 'applied'
    union all
    select receipt_id, receipt_id, document_id, instalment_number, business_date, true, amount from applied_by_age
)
select
    a.application_id, a.receipt_id, a.document_id, a.instalment_number, a.business_date, a.is_assumed, d.customer_id,
    d.employee_id, d.org_unit_id, i.due_on, greatest(a.business_date - i.due_on, 0) as days_late, a.amount, d.seat
from applied as a
join documents as d using (document_id)
join instalments as i using (document_id, instalment_number);

-- Cash counts when it comes, advances when they are applied, deposits never; it is that of the invoice's owner.
create temp table collected as
select
    a.receipt_id, if(r.kind = 'advance', greatest(r.received_on, a.business_date), r.received_on) as day,
    a.customer_id, a.employee_id, a.seat, a.amount
from fct_receipt_applications as a
join receipts as r using (receipt_id)
where r.kind <> 'deposit'
union all
select
    r.receipt_id, r.received_on, r.customer_id, r.employee_id, coalesce(s.seat, 'unassigned'),
    r.rest - coalesce(a.amount, 0)
from rests as r
left join (select receipt_id, sum(amount) as amount from applied_by_age group by all) as a using (receipt_id)
left join seats as s on r.employee_id = s.employee_id and r.received_on >= s.valid_from and r.received_on < s.valid_to
where r.kind in ('receipt', 'refund') and r.rest <> coalesce(a.amount, 0);

create table fct_receipts as
select
    r.receipt_id, r.received_on as business_date, r.customer_id, r.employee_id, r.kind, r.method, r.matures_on,
    r.currency, r.amount, coalesce(a.amount, 0)::decimal(18, 2) as applied_amount,
    (r.amount - coalesce(a.amount, 0))::decimal(18, 2) as unapplied_amount,
    coalesce(c.amount, 0)::decimal(18, 2) as collected_amount
from receipts as r
left join (select receipt_id, sum(amount) as amount from fct_receipt_applications group by all) as a using (receipt_id)
left join (select receipt_id, sum(amount) as amount from collected group by all) as c using (receipt_id);

-- ------------------------------------------------------------------------------------------------------- performance

create temp table invoiced as
with made as (
    select invoice_id, business_date as day, customer_id, employee_id, order_id, net_amount from fct_invoices
    union all
    select credit_note_id, credited_on, customer_id, employee_id, order_id, - net_amount
    from credit_notes
    where credited_on <= getvariable('as_of')::date
), owned as (
    select m.day, m.customer_id, coalesce(m.employee_id, o.employee_id) as employee_id, m.net_amount
    from made as m
    left join orders as o on m.order_id = o.order_id
)
select o.day, o.customer_id, o.employee_id, coalesce(s.seat, 'unassigned') as seat, sum(o.net_amount) as amount
from owned as o
left join seats as s on o.employee_id = s.employee_id and o.day >= s.valid_from and o.day < s.valid_to
group by all;

create temp table booked as
select
    business_date as day, customer_id, employee_id, seat, sum(net_amount) as amount,
    sum(net_amount - cost_amount) as margin
from fct_order_lines
group by all;

create temp table performance_days as
select day, employee_id, seat, 'booked_amount' as measure, sum(amount) as amount from booked group by all
union all
select day, employee_id, seat, 'gross_margin_amount', sum(margin) from booked group by all
union all
select shipped_on, employee_id, seat, 'shipped_amount', sum(net_amount)
from fct_order_lines where shipped_on is not null group by all
union all
select ordered_on, employee_id, seat, 'order_count', count(*)
from confirmed semi join fct_order_lines using (order_id) group by all
union all
select day, employee_id, seat, 'invoiced_amount', sum(amount) from invoiced group by all
union all
select day, employee_id, seat, 'collected_amount', sum(amount) from collected group by all;

alter table fct_order_lines drop column seat;
alter table fct_receipt_applications drop column seat;

create temp table owners as
select 'org_unit' as owner_kind, org_unit_id as owner_id from org_units
union
select 'employee', 工号 from read_csv(getvariable('text') || '/员工花名册_*.csv', all_varchar = true)
union
select 'employee', employee_id from performance_days where employee_id is not null;

create temp table customers_by_period as
with bought as (
    select distinct p.period_type, p.period_start, b.employee_id, b.seat, b.customer_id
    from (select day, customer_id, employee_id, seat from booked
        union select day, customer_id, employee_id, seat from invoiced) as b
    join period_days as p using (day)
    where b.customer_id is not null
)
select 'org_unit' as owner_kind, u.org_unit_id as owner_id, period_type, period_start, count(distinct customer_id) as customer_count
from bought join units_above as u using (seat) group by all
union all
select 'employee', employee_id, period_type, period_start, count(distinct customer_id)
from bought where employee_id is not null group by all;

create temp table performance as
with by_period as (
    select p.period_type, p.period_start, d.employee_id, d.seat, d.measure, sum(d.amount) as amount
    from performance_days as d join period_days as p using (day) group by all
), by_owner as (
    select 'org_unit' as owner_kind, u.org_unit_id as owner_id, period_type, period_start, measure, amount
    from by_period join units_above as u using (seat)
    union all
    select 'employee', employee_id, period_type, period_start, measure, amount from by_period where employee_id is not null
), side_by_side as (
    select
        owner_kind, owner_id, period_type, period_start,
        sum(amount) filter (measure = 'booked_amount') as booked_amount,
        sum(amount) filter (measure = 'shipped_amount') as shipped_amount,
        sum(amount) filter (measure = 'invoiced_amount') as invoiced_amount,
        sum(amount) filter (measure = 'gross_margin_amount') as gross_margin_amount,
        sum(amount) filter (measure = 'collected_amount') as collected_amount,
        sum(amount) filter (measure = 'order_count') as order_count
    from by_owner group by all
)
select
    o.owner_kind, o.owner_id, p.period_type, p.period_start,
    coalesce(booked_amount, 0)::decimal(18, 2) as booked_amount,
    coalesce(shipped_amount, 0)::decimal(18, 2) as shipped_amount,
    coalesce(invoiced_amount, 0)::decimal(18, 2) as invoiced_amount,
    coalesce(gross_margin_amount, 0)::decimal(18, 2) as gross_margin_amount,
    coalesce(collected_amount, 0)::decimal(18, 2) as collected_amount,
    coalesce(order_count, 0)::bigint as order_count, coalesce(customer_count, 0)::bigint as customer_count
from owners as o
cross join periods as p
left join side_by_side using (owner_kind, owner_id, period_type, period_start)
left join customers_by_period using (owner_kind, owner_id, period_type, period_start);

create table mart_performance_by_org_unit as
select owner_id as org_unit_id, * exclude (owner_kind, owner_id),
    (gross_margin_amount / nullif(booked_amount, 0))::decimal(18, 6) as gross_margin_rate
from performance where owner_kind = 'org_unit';

create table mart_performance_by_employee as
select owner_id as employee_id, * exclude (owner_kind, owner_id),
    (gross_margin_amount / nullif(booked_amount, 0))::decimal(18, 6) as gross_margin_rate
from performance where owner_kind = 'employee';

-- -------------------------------------------------------------------------------------------------------- collection

-- Each movement of receivables by day; it becomes overdue on the day after the due date, or at once if that is past.
create temp table movements as
with everything as (
    select i.document_id, i.instalment_number, d.entered_on as day, i.amount, d.kind
    from instalments as i join documents as d using (document_id)
    union all
    select document_id, instalment_number, business_date, - amount, kind from settled where kind <> 'applied'
    union all
    select document_id, instalment_number, business_date, - amount, 'applied' from fct_receipt_applications
)
select
    e.day, greatest(e.day, i.due_on + 1) as overdue_from, e.kind, d.customer_id, d.seat, sum(e.amount) as amount
from everything as e
join documents as d on e.document_id = d.document_id
join instalments as i on e.document_id = i.document_id and e.instalment_number = i.instalment_number
group by all;

create temp table collection_days as
with by_day as (
    select day, kind as measure, customer_id, seat, sum(amount) as amount from movements group by all
    union all
    select overdue_from, 'overdue', customer_id, seat, sum(amount)
    from movements where overdue_from <= getvariable('as_of')::date group by all
    union all
    select day, 'collected', customer_id, seat, sum(amount)
    from collected where day <= getvariable('as_of')::date group by all
)
select 'customer' as owner_kind, customer_id as owner_id, day, measure, sum(amount) as amount from by_day group by all
union all
select 'org_unit', u.org_unit_id, day, measure, sum(amount) from by_day join units_above as u using (seat) group by all;

create temp table balances as
select
    owner_kind, owner_id, day,
    sum(sum(amount) filter (measure not in ('collected', 'overdue'))) over to_date as receivable,
    sum(sum(amount) filter (measure = 'overdue')) over to_date as overdue
from collection_days
group by owner_kind, owner_id, day
window to_date as (partition by owner_kind, owner_id order by day rows unbounded preceding);

create temp table collection as
with flows as (
    select
        owner_kind, owner_id, period_type, period_start,
        sum(amount) filter (measure = 'opening') as opened, sum(amount) filter (measure = 'invoice') as invoiced,
        - sum(amount) filter (measure = 'credit_note') as credited, - sum(amount) filter (measure = 'applied') as applied,
        - sum(amount) filter (measure = 'written_off') as written_off, sum(amount) filter (measure = 'collected') as collected
    from collection_days join period_days using (day) group by all
), entities as (
    select owner_kind, owner_id from owners where owner_kind = 'org_unit'
    union
    select owner_kind, owner_id from balances
), placed as (
    select *, cutoff - 1 as last_day, period_start - 1 as day_before from entities cross join periods
)
select
    p.owner_kind, p.owner_id, p.period_type, p.period_start,
    (coalesce(b.receivable, 0) + coalesce(f.opened, 0))::decimal(18, 2) as opening_receivable_amount,
    coalesce(f.invoiced, 0)::decimal(18, 2) as invoiced_amount, coalesce(f.credited, 0)::decimal(18, 2) as credit_note_amount,
    (coalesce(f.invoiced, 0) - coalesce(f.credited, 0))::decimal(18, 2) as billed_amount,
    coalesce(f.applied, 0)::decimal(18, 2) as applied_amount, coalesce(f.written_off, 0)::decimal(18, 2) as written_off_amount,
    coalesce(e.receivable, 0)::decimal(18, 2) as closing_receivable_amount,
    coalesce(e.overdue, 0)::decimal(18, 2) as overdue_amount, coalesce(f.collected, 0)::decimal(18, 2) as collected_amount
from placed as p
left join flows as f using (owner_kind, owner_id, period_type, period_start)
asof left join balances as b on p.owner_kind = b.owner_kind and p.owner_id = b.owner_id and p.day_before >= b.day
asof left join balances as e on p.owner_kind = e.owner_kind and p.owner_id = e.owner_id and p.last_day >= e.day;

create table mart_collection_by_org_unit as
select owner_id as org_unit_id, * exclude (owner_kind, owner_id),
    (collected_amount / nullif(billed_amount, 0))::decimal(18, 6) as cash_over_billed_rate
from collection where owner_kind = 'org_unit';

create table mart_collection_by_customer as
select owner_id as customer_id, * exclude (owner_kind, owner_id),
    (collected_amount / nullif(billed_amount, 0))::decimal(18, 6) as cash_over_billed_rate
from collection where owner_kind = 'customer';
