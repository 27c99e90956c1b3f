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

{# One row per value of a cell that may hold several, separated by semicolons, commas or bars. #}
{% macro split_cell(key, cell, relation) -%}
    {{ return(adapter.dispatch('split_cell')(key, cell, relation)) }}
{%- endmacro %}

{% macro default__split_cell(key, cell, relation) -%}
    select {{ key }}, unnest(string_split_regex({{ cell }}, '[;；,，、|]')) as value
    from {{ relation }}
{%- endmacro %}

{% macro spark__split_cell(key, cell, relation) -%}
    select {{ key }}, explode(split({{ cell }}, '[;；,，、|]')) as value
    from {{ relation }}
{%- endmacro %}

{# The windows of the market marts, as: prefix, first day, day after the last. #}
{% macro market_windows() -%}
    {{ return(closing_windows()[:3]) }}
{%- endmacro %}

{# What is counted of feedback, as: name, the value of one piece. #}
{% macro feedback_measures() -%}
    {{ return([
        ('mention_count', '1'),
        ('attached_amount', 'coalesce(feedback.attached_amount, 0)'),
        ('without_amount_count', 'case when feedback.attached_amount is null then 1 else 0 end'),
        ('high_severity_count', "case when feedback.severity = 'high' then 1 else 0 end"),
        ('routed_count', "case when feedback.department <> 'none' then 1 else 0 end"),
        ('acknowledged_count', 'case when feedback.acknowledged_on is not null then 1 else 0 end'),
        ('decided_count', 'case when feedback.decided_on is not null then 1 else 0 end'),
        ('closed_count', 'case when feedback.closed_on is not null then 1 else 0 end'),
        ('overdue_count', 'case when feedback.is_overdue then 1 else 0 end'),
        ('acknowledge_days', 'coalesce(' ~ dbt.datediff('feedback.received_on', 'feedback.acknowledged_on', 'day') ~ ', 0)'),
        ('decide_days', 'coalesce(' ~ dbt.datediff('feedback.received_on', 'feedback.decided_on', 'day') ~ ', 0)'),
    ]) }}
{%- endmacro %}

{# Sums of feedback by `key` beside those of the period before and of last year. #}
{% macro feedback_side_by_side(relation, key) -%}
    select
        org_unit_id,
        period_type,
        period_start,
        {{ key | join(', ') }},
        {% for name, value in feedback_measures() %}
        {% set sum = "sum(case when prefix = '' then " ~ name ~ " else 0 end)" %}
        {{ money(sum) if name.endswith('_amount') else 'cast(' ~ sum ~ ' as bigint)' }} as {{ name }},
        {% endfor %}
        cast(sum(case when prefix = 'prior_' then mention_count else 0 end) as bigint) as prior_mention_count,
        cast(sum(case when prefix = 'prior_' then closed_count else 0 end) as bigint) as prior_closed_count,
        {{ money("sum(case when prefix = 'prior_' then attached_amount else 0 end)") }} as prior_attached_amount,
        cast(sum(case when prefix = 'prior_year_' then mention_count else 0 end) as bigint) as prior_year_mention_count
    from {{ relation }}
    group by org_unit_id, period_type, period_start, {{ key | join(', ') }}
{%- endmacro %}

{# The columns of both feedback marts, in their order; without a period before there is nothing to compare with. #}
{% macro feedback_columns(sums, periods) -%}
        {{ sums }}.mention_count,
        case when {{ periods }}.prior_start is not null then {{ sums }}.prior_mention_count end as prior_mention_count,
        case when {{ periods }}.prior_start is not null then {{ sums }}.mention_count - {{ sums }}.prior_mention_count end
            as mention_change_count,
        case when {{ periods }}.prior_year_start is not null then {{ sums }}.prior_year_mention_count end
            as prior_year_mention_count,
        {{ sums }}.attached_amount,
        case when {{ periods }}.prior_start is not null then {{ sums }}.prior_attached_amount end as prior_attached_amount,
        {% for name, value in feedback_measures()[2:] %}
        {{ sums }}.{{ name }},
        {% endfor %}
        {% for name, count in [('routed', 'routed'), ('acknowledged', 'acknowledged'), ('decided', 'decided'), ('closed_loop', 'closed')] %}
        {{ rate(sums ~ '.' ~ count ~ '_count', sums ~ '.mention_count') }} as {{ name }}_rate,
        {% endfor %}
        {{ days(sums ~ '.acknowledge_days / nullif(' ~ sums ~ '.acknowledged_count, 0)') }} as mean_acknowledge_days,
        {{ days(sums ~ '.decide_days / nullif(' ~ sums ~ '.decided_count, 0)') }} as mean_decide_days
{%- endmacro %}

{# What own sales are summed of in a segment and territory. #}
{% macro segment_measures() -%}
    {{ return(['sales_amount', 'booked_amount', 'gross_margin_amount', 'order_quantity']) }}
{%- endmacro %}

{# Periods of the market: a market has no weeks. #}
{% macro market_periods() -%}
    select * from {{ ref('dim_period') }}
    where has_begun
        and period_type <> 'week'
{%- endmacro %}

{# Growth over a base; without a positive base there is none. #}
{% macro growth(value, base) -%}
    case when {{ base }} > 0 then {{ rate('(' ~ value ~ ') - (' ~ base ~ ')', base) }} end
{%- endmacro %}

{# The cell that a row stands for, with the names of its segment and territory, and its period. #}
{% macro cell_columns(cell) -%}
        {{ cell }}.period_type,
        {{ cell }}.period_start,
        {{ cell }}.period_label,
        {{ cell }}.period_state,
        {{ cell }}.segment,
        {{ cell }}.segment_en,
        {{ cell }}.territory_id,
        {{ cell }}.territory_name,
        {{ cell }}.territory_name_en,
        {{ cell }}.is_territory_leaf
{%- endmacro %}

{# Joins what is known of a cell. #}
{% macro same_cell(left, right) -%}
    {{ left }}.period_type = {{ right }}.period_type
        and {{ left }}.period_start = {{ right }}.period_start
        and {{ left }}.segment = {{ right }}.segment
        and {{ left }}.territory_id = {{ right }}.territory_id
{%- endmacro %}
