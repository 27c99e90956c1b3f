with months as (

    select
        {{ day_before('cutoff') }} as as_of_date,
        receivables_state as period_state
    from {{ ref('dim_period') }}
    where period_type = 'month'
        and has_begun

),

rules as (

    select
        months.as_of_date,
        months.period_state,
        buckets.*,
        dense_rank() over (
            partition by months.as_of_date order by buckets.effective_from desc, buckets.rule_id
        ) as rule_rank
    from months
    inner join {{ source('rulebook', 'ageing_buckets') }} as buckets
        on {{ in_force('buckets', 'months.as_of_date') }}

),

in_force as (

    select
        as_of_date,
        period_state,
        bucket,
        bucket_order,
        case when bucket_order = 0 then 0 else days_from end as days_from,
        coalesce(days_to, 999999) as days_to,
        provision_rate
    from rules
    where rule_rank = 1

),

-- Without a rule there are two buckets, and no provision.
plain as (

    select
        months.as_of_date,
        months.period_state,
        edges.bucket,
        edges.bucket_order,
        edges.days_from,
        edges.days_to,
        cast(null as decimal(9, 6)) as provision_rate
    from months
    cross join (
        select 'not_due' as bucket, 0 as bucket_order, 0 as days_from, 0 as days_to
        union all
        select '>0', 1, 1, 999999
    ) as edges
    where months.as_of_date not in (select in_force.as_of_date from in_force)

)

select * from in_force
union all
select * from plain
