with company as (

    select year_start_month from {{ source('meta', 'company') }}

),

business_days as (

    select ordered_on as day from {{ ref('stg_orders') }}
    union all
    select invoiced_on from {{ ref('stg_invoices') }}
    union all
    select received_on from {{ ref('stg_receipts') }}
    union all
    select opened_on from {{ ref('stg_opening_balances') }}
    union all
    select created_on from {{ ref('stg_opportunities') }}
    union all
    select {{ as_of() }}

),

span as (

    select
        min(day) as first_day,
        {{ as_of() }} as last_day,
        max(company.year_start_month) as year_start_month
    from business_days
    cross join company
    where day <= {{ as_of() }}

),

-- To the end of the next year: its targets are set in this one.
whole_years as (

    select
        year_start_month,
        {{ make_day(
            'extract(year from first_day) - case when extract(month from first_day) < year_start_month then 1 else 0 end',
            'year_start_month') }} as first_day,
        {{ make_day(
            'extract(year from last_day) + case when extract(month from last_day) < year_start_month then 1 else 2 end',
            'year_start_month') }} as end_day
    from span

)

select * from whole_years
