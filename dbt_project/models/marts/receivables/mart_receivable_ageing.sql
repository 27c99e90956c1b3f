with open_items as (

    select * from {{ ref('fct_open_items') }}

),

buckets as (

    select * from {{ ref('int_ageing_buckets_by_month') }}

),

aged as (

    select
        'month' as period_type,
        open_items.period_start,
        open_items.period_label,
        buckets.period_state,
        open_items.as_of_date,
        open_items.customer_id,
        open_items.employee_id,
        open_items.org_unit_id,
        buckets.bucket,
        buckets.bucket_order,
        buckets.provision_rate,
        cast(sum(open_items.open_amount) as decimal(18, 2)) as amount
    from open_items
    left join buckets
        on open_items.as_of_date = buckets.as_of_date
        and open_items.days_overdue >= buckets.days_from
        and open_items.days_overdue <= buckets.days_to
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11

),

provided as (

    select
        *,
        cast(amount * provision_rate as decimal(18, 2)) as provision_amount
    from aged

)

select * from provided
