-- C2: the buckets of a customer, the not-due one among them, add up to the closing balance of the month.
with ageing as (

    select customer_id, period_start, sum(amount) as amount
    from {{ ref('mart_receivable_ageing') }}
    group by customer_id, period_start

),

closing as (

    select customer_id, period_start, closing_receivable_amount as amount
    from {{ ref('mart_collection_by_customer') }}
    where period_type = 'month'

)

select
    coalesce(ageing.customer_id, closing.customer_id) as customer_id,
    coalesce(ageing.period_start, closing.period_start) as period_start,
    ageing.amount as aged_amount,
    closing.amount as closing_amount
from ageing
full outer join closing
    on ageing.customer_id = closing.customer_id
    and ageing.period_start = closing.period_start
where coalesce(ageing.amount, 0) != coalesce(closing.amount, 0)
