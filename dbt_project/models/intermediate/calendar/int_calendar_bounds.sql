with company as (

    select year_start_month, month_end_day from {{ source('meta', 'company') }}

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
    select created_on from {{ ref('stg_leads') }}
    union all
    select {{ as_of() }}

),

span as (

    select
        company.year_start_month,
        company.month_end_day,
        {{ month_of('min(business_days.day)', 'company.month_end_day') }} as first_month,
        {{ month_of(as_of(), 'company.month_end_day') }} as last_month
    from business_days
    cross join company
    where business_days.day <= {{ as_of() }}
    group by company.year_start_month, company.month_end_day

),

years as (

    select
        *,
        extract(year from first_month) - case when extract(month from first_month) < year_start_month then 1 else 0 end
            as first_year,
        extract(year from last_month) - case when extract(month from last_month) < year_start_month then 1 else 0 end
            as last_year
    from span

),

-- To the end of the next year: its targets are set in this one.
whole_years as (

    select
        {{ month_start(make_day('first_year', 'year_start_month'), 'month_end_day') }} as first_day,
        {{ month_start(make_day('last_year + 2', 'year_start_month'), 'month_end_day') }} as end_day
    from years

)

select * from whole_years
