{# Events with the units above the unit that they belong to, since the day that stands for its place there. #}
{% macro with_units_above(events) -%}
    select
        closure.ancestor_id as above_id,
        events.*
    from {{ events }} as events
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on events.org_unit_id = closure.descendant_id
        and events.unit_since >= closure.valid_from
        and events.unit_since < closure.valid_to
{%- endmacro %}

{# Joins sums of units and periods to the spine of all of them. #}
{% macro of_unit_and_period(sums) -%}
    spine.org_unit_id = {{ sums }}.org_unit_id
        and spine.period_type = {{ sums }}.period_type
        and spine.period_start = {{ sums }}.period_start
{%- endmacro %}

{# Joins periods that have begun to what happened in them. #}
{% macro happened_in(day, periods='periods') -%}
    {{ day }} >= {{ periods }}.period_start and {{ day }} < {{ periods }}.cutoff
{%- endmacro %}

{# Whether something that began on a day, and ended on another or not yet, stood at the end of a period. #}
{% macro stood_at_the_end(began, ended, periods='periods') -%}
    {{ began }} < {{ periods }}.cutoff and ({{ ended }} is null or {{ ended }} >= {{ periods }}.cutoff)
{%- endmacro %}

{# The steps of an order line, as: name, the day it was done, its days, the quantity that weighs them. #}
{% macro steps_to_cash() -%}
    {{ return([
        ('order_to_ship', 'last_shipped_on', 'order_to_ship_days'),
        ('ship_to_invoice', 'invoiced_on', 'ship_to_invoice_days'),
        ('invoice_to_cash', 'paid_on', 'invoice_to_cash_days'),
        ('order_to_cash', 'paid_on', 'order_to_cash_days'),
    ]) }}
{%- endmacro %}

{# What is counted of service cases opened in a period. #}
{% macro service_sums() -%}
        count(*) as opened_count,
        count(case when is_answered_in_time then 1 end) as answered_in_time_count,
        count(case when not is_answered_in_time then 1 end) as answered_late_count,
        count(case when is_resolved_in_time then 1 end) as resolved_in_time_count,
        count(case when not is_resolved_in_time then 1 end) as resolved_late_count,
        count(resolved_on) as resolved_count,
        count(case when reopened_count > 0 then 1 end) as reopened_case_count,
        {{ days('percentile_cont(0.5) within group (order by first_response_days)') }} as first_response_median_days,
        {{ days('percentile_cont(0.5) within group (order by resolution_days)') }} as resolution_median_days
{%- endmacro %}

{# The columns of the service marts after their key, in their order; medians only where something was counted. #}
{% macro service_columns(sums) -%}
        {% for name in ['opened', 'answered_in_time', 'answered_late'] %}
        cast(coalesce({{ sums }}.{{ name }}_count, 0) as bigint) as {{ name }}_count,
        {% endfor %}
        {{ rate(sums ~ '.answered_in_time_count', sums ~ '.answered_in_time_count + ' ~ sums ~ '.answered_late_count') }} as answered_in_time_rate,
        {{ sums }}.first_response_median_days,
        {% for name in ['resolved', 'resolved_in_time', 'resolved_late'] %}
        cast(coalesce({{ sums }}.{{ name }}_count, 0) as bigint) as {{ name }}_count,
        {% endfor %}
        {{ rate(sums ~ '.resolved_in_time_count', sums ~ '.resolved_in_time_count + ' ~ sums ~ '.resolved_late_count') }} as resolved_in_time_rate,
        {{ sums }}.resolution_median_days,
        cast(coalesce({{ sums }}.reopened_case_count, 0) as bigint) as reopened_case_count
{%- endmacro %}

{# Service cases opened in a period by unit and something else, as long as there was one. #}
{% macro service_by(key) -%}
with cases as (

    {{ with_units_above(ref('int_service_cases')) }}

),

sums as (

    select
        cases.above_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        periods.period_label,
        periods.period_state,
        cases.{{ key }},
        {{ service_sums() }}
    from cases
    inner join {{ ref('dim_period') }} as periods
        on {{ happened_in('cases.opened_on') }}
    where cases.{{ key }} is not null
    group by 1, 2, 3, 4, 5, 6

)

select
    sums.org_unit_id,
    units.org_level,
    units.is_leaf,
    sums.period_type,
    sums.period_start,
    sums.period_label,
    sums.period_state,
    sums.{{ key }},
    {{ service_columns('sums') }}
from sums
inner join {{ ref('dim_org_unit') }} as units
    on sums.org_unit_id = units.org_unit_id
{%- endmacro %}
