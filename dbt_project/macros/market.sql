{# What moves the open pipeline, in the order of the walk, and how it counts: 1 in, -1 out, 0 an amount only. #}
{% macro walk_buckets() -%}
    {{ return([
        ('new', 1, 1), ('reopened', 1, 1), ('amount_up', 1, 0), ('amount_down', -1, 0), ('pulled_in', 1, 1),
        ('pushed_out', -1, -1), ('won', -1, -1), ('lost', -1, -1), ('deleted', -1, -1),
    ]) }}
{%- endmacro %}

{# Whether the pipeline of a scope holds an opportunity in that state. #}
{% macro in_scope(state) -%}
    coalesce(
        {{ state }}_status = 'open' and (
            scopes.scope = 'all' or (
                {{ state }}_expected_close_on >= periods.period_start
                and {{ state }}_expected_close_on < periods.period_end
            )
        ), false)
{%- endmacro %}

{# The state in which an opportunity began a day: that of its last step before. #}
{% macro stands_before(step, day) -%}
    {{ step }}.changed_on < {{ day }}
    and {{ step }}.next_changed_on >= {{ day }}
{%- endmacro %}

{# Adds the units above the unit that an event belongs to, on the day on which it belongs. #}
{% macro join_units_above(event) -%}
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on {{ event }}.org_unit_id = closure.descendant_id
        and {{ event }}.owned_on >= closure.valid_from
        and {{ event }}.owned_on < closure.valid_to
{%- endmacro %}

{# Every unit in every period that has begun, as long as `relation` has anything to count. #}
{% macro units_by_period(relation) -%}
    select
        units.org_unit_id,
        units.org_level,
        units.is_leaf,
        periods.period_type,
        periods.period_start,
        periods.period_label,
        periods.period_state
    from {{ ref('dim_org_unit') }} as units
    cross join {{ ref('dim_period') }} as periods
    where periods.has_begun
        and exists (select 1 from {{ relation }})
{%- endmacro %}

{# Days that a mean, a median or a percentile gives, to two places. #}
{% macro days(expression) -%}
    cast({{ expression }} as decimal(18, 2))
{%- endmacro %}

{# A cohort says something once four fifths of it are decided. #}
{% macro is_mature(decided, entered) -%}
    coalesce({{ rate(decided, entered) }} >= 0.8, false)
{%- endmacro %}

{# The movements of the walk with their signs, for amounts (1) or counts (2). #}
{% macro walk_sum(measure, position) -%}
    {% for bucket in walk_buckets() if bucket[position] != 0 %} {{ '+' if bucket[position] > 0 else '-' }} {{ bucket[0] }}_{{ measure }}{% endfor %}
{%- endmacro %}

{# The windows in which closed opportunities are counted, as: prefix, first day, day after the last. #}
{% macro closing_windows() -%}
    {{ return([
        ('', 'period_start', 'cutoff'),
        ('prior_', 'prior_start', 'prior_cutoff'),
        ('prior_year_', 'prior_year_start', 'prior_year_cutoff'),
        ('trailing_', 'trailing_start', 'cutoff'),
    ]) }}
{%- endmacro %}
