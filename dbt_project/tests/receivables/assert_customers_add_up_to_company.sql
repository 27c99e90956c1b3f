-- Every document and receipt has one customer and one unit: both roads end at the same company.
with by_customer as (

    select period_type, period_start,
        sum(closing_receivable_amount) as closing, sum(collected_amount) as collected, sum(due_amount) as due
    from {{ ref('mart_collection_by_customer') }}
    group by period_type, period_start

),

company as (

    select results.period_type, results.period_start,
        results.closing_receivable_amount as closing, results.collected_amount as collected, results.due_amount as due
    from {{ ref('mart_collection_by_org_unit') }} as results
    inner join {{ ref('dim_org_unit') }} as units
        on results.org_unit_id = units.org_unit_id
        and units.parent_org_unit_id is null

)

select company.*, by_customer.closing as customers_closing, by_customer.collected as customers_collected
from company
left join by_customer
    on company.period_type = by_customer.period_type
    and company.period_start = by_customer.period_start
where company.closing != coalesce(by_customer.closing, 0)
    or company.collected != coalesce(by_customer.collected, 0)
    or company.due != coalesce(by_customer.due, 0)
