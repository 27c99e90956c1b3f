with performance as (

    select units.is_leaf, units.parent_org_unit_id, units.org_unit_id, units.org_level,
        results.period_start, results.invoiced_amount
    from {{ ref('mart_performance_by_org_unit') }} as results
    inner join {{ ref('dim_org_unit') }} as units
        on results.org_unit_id = units.org_unit_id
    where results.period_type = 'month'

),

windows as (

    select * from {{ ref('int_collection_windows') }}
    where period_type = 'month'

),

company as (

    select period_start, invoiced_amount
    from performance
    where parent_org_unit_id is null

),

leaves as (

    select
        'leaf_sales_equal_company' as check_id,
        company.period_start,
        max(company.invoiced_amount) as expected_amount,
        sum(performance.invoiced_amount) as actual_amount
    from company
    inner join performance
        on company.period_start = performance.period_start
        and performance.is_leaf
    group by company.period_start

),

credits as (

    select period_start, invoiced_amount as amount
    from {{ ref('mart_performance_by_employee') }}
    where period_type = 'month'
    union all
    select windows.period_start, events.net_amount
    from windows
    inner join {{ ref('int_invoiced_events') }} as events
        on events.business_date >= windows.period_start
        and events.business_date < windows.cutoff
    where events.employee_id is null

),

sellers as (

    select
        'seller_credit_equals_company' as check_id,
        company.period_start,
        max(company.invoiced_amount) as expected_amount,
        coalesce(sum(credits.amount), 0) as actual_amount
    from company
    left join credits
        on company.period_start = credits.period_start
    group by company.period_start

),

checks as (

    select * from leaves
    union all
    select * from sellers

)

select * from checks
