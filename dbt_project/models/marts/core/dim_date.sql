with bounds as (

    select * from {{ ref('int_calendar_bounds') }}

),

days as (

    {{ day_series('(select first_day from bounds)', "(select end_day - interval '1' day from bounds)") }}

),

numbered as (

    select
        days.day,
        cast(floor((extract(year from day) * 12 + extract(month from day) - year_start_month) / 12) as integer)
            as business_year,
        cast(mod(extract(month from day) - year_start_month + 12, 12) + 1 as integer) as month_of_year,
        cast({{ dbt.date_trunc('week', "day + interval '1' day * shift") }} as date) as shifted_week,
        bounds.year_start_month,
        shift
    from days
    cross join bounds
    cross join (
        select case when week_starts = 'sunday' then 1 else 0 end as shift from {{ source('meta', 'company') }}
    ) as week_rule

),

holidays as (

    select day, is_workday, name_zh, name_en from {{ source('rulebook', 'holidays') }}

),

dated as (

    select
        numbered.day,
        numbered.business_year,
        numbered.month_of_year,
        cast({{ dbt.date_trunc('month', 'numbered.day') }} as date) as month_start,
        cast(ceil(numbered.month_of_year / 3.0) as integer) as quarter_of_year,
        cast(ceil(numbered.month_of_year / 6.0) as integer) as half_of_year,
        cast(numbered.shifted_week - interval '1' day * numbered.shift as date) as week_start,
        coalesce(holidays.is_workday, extract(isodow from numbered.day) <= 5) as is_workday,
        holidays.name_zh as holiday_name_zh,
        holidays.name_en as holiday_name_en
    from numbered
    left join holidays
        on numbered.day = holidays.day

)

select * from dated
