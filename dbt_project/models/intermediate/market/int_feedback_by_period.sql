{% set key = ['kind', 'theme', 'competitor_id', 'segment', 'department'] %}
with feedback as (

    select feedback.*, closure.ancestor_id
    from {{ ref('int_feedback') }} as feedback
    {{ join_units_above('feedback') }}

),

periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

windows as (

    {% for prefix, first, after in market_windows() %}
    select
        '{{ prefix }}' as prefix,
        feedback.ancestor_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        {% for name in key %}feedback.{{ name }}, {% endfor %}

        {% for name, value in feedback_measures() %}
        sum({{ value }}) as {{ name }}{{ ',' if not loop.last }}
        {% endfor %}
    from feedback
    inner join periods
        on feedback.received_on >= periods.{{ first }}
        and feedback.received_on < periods.{{ after }}
    group by feedback.ancestor_id, periods.period_type, periods.period_start,
        {% for name in key %}feedback.{{ name }}{{ ', ' if not loop.last }}{% endfor %}

    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from windows
