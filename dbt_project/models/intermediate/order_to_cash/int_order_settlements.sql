with invoices as (

    select 'invoiced' as kind, order_id, invoiced_on as business_date, net_amount as amount
    from {{ ref('int_invoices_in_company_currency') }}
    where status = 'confirmed'
        and order_id is not null
        and net_amount is not null
        and invoiced_on <= {{ as_of() }}

),

-- Cash bears tax: it counts by the net share of the order's invoices, so that it can be laid against lines.
net_shares as (

    select order_id, sum(net_amount) / nullif(sum(gross_amount), 0) as net_share
    from {{ ref('int_invoices_in_company_currency') }}
    where status = 'confirmed'
        and invoiced_on <= {{ as_of() }}
    group by order_id

),

settled as (

    select
        'paid' as kind,
        documents.order_id,
        movements.business_date,
        - movements.amount * net_shares.net_share as amount
    from {{ ref('int_receivable_movements') }} as movements
    inner join {{ ref('int_receivable_documents') }} as documents
        on movements.document_id = documents.document_id
    inner join net_shares
        on documents.order_id = net_shares.order_id
    where movements.kind in ('applied', 'credit_note')

),

by_day as (

    select kind, order_id, business_date, sum(cast(amount as decimal(28, 6))) as amount
    from (select * from invoices union all select * from settled) as events
    group by kind, order_id, business_date

)

select
    kind,
    order_id,
    business_date,
    sum(amount) over (
        partition by kind, order_id order by business_date rows between unbounded preceding and current row
    ) as running_amount
from by_day
