-- Lists periods in which the leaves' sales differ from the company's by more than rounding.
with leaves as (

    select period_type, period_start, sum(sales_amount) as sales_amount, count(*) as leaf_count
    from {{ ref('mart_performance_by_org_unit') }}
    where is_leaf
    group by period_type, period_start

),

root as (

    select marts.period_type, marts.period_start, marts.sales_amount
    from {{ ref('mart_performance_by_org_unit') }} as marts
    inner join {{ ref('dim_org_unit') }} as units
        on marts.org_unit_id = units.org_unit_id
    where units.parent_org_unit_id is null

)

select root.period_type, root.period_start, root.sales_amount, leaves.sales_amount as leaves_amount
from root
left join leaves
    on root.period_type = leaves.period_type
    and root.period_start = leaves.period_start
where abs(root.sales_amount - coalesce(leaves.sales_amount, 0)) > 0.01 * (coalesce(leaves.leaf_count, 0) + 1)
