with results as (

    {% for subject, mart, kind, flows, standing in closable() %}
    {% set outer_loop = loop %}
    {% for measure in flows + standing %}
    select
        '{{ subject }}' as subject,
        '{{ kind }}' as entity_kind,
        {{ kind }}_id as entity_id,
        period_type,
        period_start,
        period_label,
        period_state,
        '{{ measure }}' as measure,
        {{ 'true' if measure in standing else 'false' }} as is_balance,
        {{ money(measure) }} as amount
    from {{ ref(mart) }}
    where period_type = 'month'
        and {{ measure }} is not null
    {{ 'union all' if not (loop.last and outer_loop.last) }}
    {% endfor %}
    {% endfor %}

)

select * from results
