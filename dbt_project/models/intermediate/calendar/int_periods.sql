with days as (

    select * from {{ ref('dim_date') }}

),

-- A month is called after the calendar month in which it ends.
months as (

    select
        'month' as period_type,
        business_year,
        month_of_year as ordinal,
        strftime(max(day), '%Y-%m') as period_label,
        strftime(max(day), '%Y年') || cast(extract(month from max(day)) as integer) || '月' as period_label_zh,
        strftime(max(day), '%B %Y') as period_label_en,
        min(day) as period_start,
        {{ add_days('max(day)', 1) }} as period_end
    from days
    group by business_year, month_of_year

),

quarters as (

    select
        'quarter',
        business_year,
        quarter_of_year,
        business_year || '-Q' || quarter_of_year,
        business_year || '年第' || quarter_of_year || '季度',
        'Q' || quarter_of_year || ' ' || business_year,
        min(day),
        {{ add_days('max(day)', 1) }}
    from days
    group by business_year, quarter_of_year

),

halves as (

    select
        'half',
        business_year,
        half_of_year,
        business_year || '-H' || half_of_year,
        business_year || case half_of_year when 1 then '年上半年' else '年下半年' end,
        'H' || half_of_year || ' ' || business_year,
        min(day),
        {{ add_days('max(day)', 1) }}
    from days
    group by business_year, half_of_year

),

years as (

    select
        'year',
        business_year,
        1,
        cast(business_year as varchar),
        business_year || '年',
        cast(business_year as varchar),
        min(day),
        {{ add_days('max(day)', 1) }}
    from days
    group by business_year

),

-- A week has the ISO number of its middle day: one that begins on Sunday is called like the one of the Monday after.
weeks as (

    select
        'week',
        cast(strftime(midweek, '%G') as integer),
        cast(strftime(midweek, '%V') as integer),
        strftime(midweek, '%G-W%V'),
        strftime(midweek, '%G年第') || cast(strftime(midweek, '%V') as integer) || '周',
        'Week ' || cast(strftime(midweek, '%V') as integer) || ', ' || strftime(midweek, '%G'),
        week_start,
        {{ add_days('week_start', 7) }}
    from (
        select distinct week_start, {{ add_days('week_start', 3) }} as midweek from days
    ) as starts

),

periods as (

    select * from months
    union all
    select * from quarters
    union all
    select * from halves
    union all
    select * from years
    union all
    select * from weeks

)

select * from periods
