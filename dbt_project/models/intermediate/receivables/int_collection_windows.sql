with periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

months as (

    select * from periods
    where period_type = 'month'

),

windows as (

    select
        periods.period_type,
        periods.period_start,
        periods.period_label,
        periods.receivables_state as period_state,
        periods.cutoff,
        {{ day_before('periods.cutoff') }} as last_day,
        last_month.period_start as last_month_start,
        {{ dbt.datediff('periods.period_start', 'periods.cutoff', 'day') }} as window_days,
        greatest((
            select count(*) from months
            where months.period_start >= periods.period_start
                and months.period_start < periods.cutoff
        ), 1) as window_months
    from periods
    left join months as last_month
        on periods.cutoff > last_month.period_start
        and periods.cutoff <= last_month.period_end

)

select * from windows
