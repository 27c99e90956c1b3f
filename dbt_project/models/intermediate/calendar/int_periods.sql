with days as (

    select * from {{ ref('dim_date') }}

),

months as (

    select
        'month' as period_type,
        business_year,
        month_of_year as ordinal,
        strftime(min(day), '%Y-%m') as period_label,
        strftime(min(day), '%Y年') || cast(extract(month from min(day)) as integer) || '月' as period_label_zh,
        strftime(min(day), '%B %Y') as period_label_en,
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

weeks as (

    select
        'week',
        cast(strftime(week_start, '%G') as integer),
        cast(strftime(week_start, '%V') as integer),
        strftime(week_start, '%G-W%V'),
        strftime(week_start, '%G年第') || cast(strftime(week_start, '%V') as integer) || '周',
        'Week ' || cast(strftime(week_start, '%V') as integer) || ', ' || strftime(week_start, '%G'),
        week_start,
        {{ add_days('week_start', 7) }}
    from days
    group by week_start

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
