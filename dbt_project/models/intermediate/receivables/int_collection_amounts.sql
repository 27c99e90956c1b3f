{% set measures = collection_day_measures() %}

with days as (

    select * from {{ ref('int_receivable_days') }}
    union all
    select * from {{ ref('int_receipt_days') }}
    union all
    select * from {{ ref('int_contract_days') }}

),

by_day as (

    select
        business_date,
        {{ owner_columns() }},
        {% for measure in measures %}
        {{ typed_measure('sum(' ~ measure ~ ')', measure) }} as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from days
    where business_date <= {{ as_of() }}
    group by business_date, {{ owner_columns() }}

),

windows as (

    select * from {{ ref('int_collection_windows') }}

),

-- What lies before the first period of a type is in the balance that the period begins with.
periods as (

    select period_type, period_start, cutoff from windows
    union all
    select period_type, {{ first_day() }}, min(period_start) from windows
    group by period_type

),

days_of_periods as (

    select days.business_date, periods.period_type, periods.period_start
    from (select distinct business_date from by_day) as days
    inner join periods
        on days.business_date >= periods.period_start
        and days.business_date < periods.cutoff

),

within_period as (

    select
        periods.period_type,
        periods.period_start,
        {{ owner_columns('by_day') }},
        {% for measure in measures %}
        sum(by_day.{{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from by_day
    inner join days_of_periods as periods
        on by_day.business_date = periods.business_date
    group by periods.period_type, periods.period_start, {{ owner_columns('by_day') }}

),

days_of_last_months as (

    select days.business_date, windows.period_type, windows.period_start
    from (select distinct business_date from by_day) as days
    inner join windows
        on days.business_date >= windows.last_month_start
        and days.business_date < windows.cutoff

),

last_months as (

    select
        windows.period_type,
        windows.period_start,
        {{ owner_columns('by_day') }},
        sum(by_day.invoiced_amount - by_day.credit_note_amount) as last_month_billed_amount,
        sum(by_day.billed_count) as activity_count
    from by_day
    inner join days_of_last_months as windows
        on by_day.business_date = windows.business_date
    where by_day.billed_count > 0
    group by windows.period_type, windows.period_start, {{ owner_columns('by_day') }}

),

amounts as (

    {{ period_rows('within_period', measures) }}
    union all
    {{ period_rows('last_months', ['last_month_billed_amount', 'activity_count']) }}
    union all
    select * from {{ ref('int_dues_by_period') }}
    union all
    select * from {{ ref('int_shipped_by_period') }}

),

summed as (

    select
        period_type,
        period_start,
        {{ owner_columns() }},
        {% for measure in collection_period_measures() %}
        sum({{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from amounts
    group by period_type, period_start, {{ owner_columns() }}

)

select * from summed
