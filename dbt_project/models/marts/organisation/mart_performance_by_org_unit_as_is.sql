select
    measures.org_unit_id,
    units.org_level,
    units.is_leaf,
    measures.period_type,
    measures.period_start,
    periods.period_label,
    periods.period_state,
    {% for prefix, first, after in performance_windows() %}
    {% for measure in summed_measures() %}
    measures.{{ prefix ~ measure }},
    {% endfor %}
    {% endfor %}
    measures.backlog_amount,
    {{ rate('measures.gross_margin_amount', 'measures.booked_amount') }} as gross_margin_rate,
    {{ rate('measures.won_count', 'measures.won_count + measures.lost_count') }} as win_rate
from {{ ref('int_unit_measures_as_is') }} as measures
inner join {{ ref('dim_org_unit') }} as units
    on measures.org_unit_id = units.org_unit_id
inner join {{ ref('dim_period') }} as periods
    on measures.period_type = periods.period_type
    and measures.period_start = periods.period_start
