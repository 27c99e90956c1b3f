with days as (

    select * from {{ ref('int_segment_days') }}

),

periods as (

    {{ market_periods() }}

),

windows as (

    {% for prefix, first, after in market_windows() %}
    select
        '{{ prefix }}' as prefix, periods.period_type, periods.period_start, days.segment, days.territory_id,
        {% for measure in segment_measures() %}
        sum(days.{{ measure }}) as {{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
    from days
    inner join periods
        on days.business_date >= periods.{{ first }}
        and days.business_date < periods.{{ after }}
    group by periods.period_type, periods.period_start, days.segment, days.territory_id
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

with_the_whole as (

    select * from windows
    union all
    select
        prefix, period_type, period_start, 'all', territory_id, {{ segment_measures() | join(', ') }}
    from windows

),

cells as (

    select
        sums.period_type,
        sums.period_start,
        sums.segment,
        closure.ancestor_id as territory_id,
        {% for prefix, first, after in market_windows() %}
        {% for measure in segment_measures() %}
        sum(case when sums.prefix = '{{ prefix }}' then sums.{{ measure }} else 0 end) as {{ prefix }}{{ measure }}{{ ',' if not loop.last }}
        {% endfor %}
        {{ ',' if not loop.last }}
        {% endfor %}
    from with_the_whole as sums
    inner join {{ ref('int_territory_closure') }} as closure
        on sums.territory_id = closure.descendant_id
    group by sums.period_type, sums.period_start, sums.segment, closure.ancestor_id

)

select * from cells
