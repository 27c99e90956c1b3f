with bounds as (

    select * from {{ ref('int_calendar_bounds') }}

),

company as (

    select
        year_start_month,
        month_end_day,
        case when year_named_by = 'end' and year_start_month > 1 then 1 else 0 end as year_shift,
        case when week_starts = 'sunday' then 1 else 0 end as week_shift
    from {{ source('meta', 'company') }}

),

days as (

    {{ day_series('(select first_day from bounds)', "(select end_day - interval '1' day from bounds)") }}

),

placed as (

    select
        days.day,
        {{ month_of('days.day', 'company.month_end_day') }} as month,
        company.*
    from days
    cross join company

),

numbered as (

    select
        day,
        cast(floor((extract(year from month) * 12 + extract(month from month) - year_start_month) / 12) as integer)
            + year_shift as business_year,
        cast(mod(extract(month from month) - year_start_month + 12, 12) + 1 as integer) as month_of_year,
        {{ month_start('month', 'month_end_day') }} as month_start,
        cast({{ dbt.date_trunc('week', "day + interval '1' day * week_shift") }} as date) as shifted_week,
        week_shift
    from placed

),

holidays as (

    select day, is_workday, name_zh, name_en from {{ source('rulebook', 'holidays') }}

),

dated as (

    select
        numbered.day,
        numbered.business_year,
        numbered.month_of_year,
        numbered.month_start,
        cast(ceil(numbered.month_of_year / 3.0) as integer) as quarter_of_year,
        cast(ceil(numbered.month_of_year / 6.0) as integer) as half_of_year,
        cast(numbered.shifted_week - interval '1' day * numbered.week_shift as date) as week_start,
        coalesce(holidays.is_workday, extract(isodow from numbered.day) <= 5) as is_workday,
        holidays.name_zh as holiday_name_zh,
        holidays.name_en as holiday_name_en
    from numbered
    left join holidays
        on numbered.day = holidays.day

)

select * from dated
