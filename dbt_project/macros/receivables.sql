{% macro add_days(day, days) -%}
    cast({{ dbt.dateadd('day', days, day) }} as date)
{%- endmacro %}

{% macro day_before(day) -%}
    {{ add_days(day, -1) }}
{%- endmacro %}

{% macro collection_measures() -%}
    {{ return([
        'opening_receivable_amount', 'invoiced_amount', 'credit_note_amount', 'applied_amount', 'written_off_amount',
        'current_receivable_amount', 'overdue_amount', 'last_month_billed_amount',
        'due_amount', 'due_paid_amount', 'paid_on_time_amount', 'planned_amount',
        'overdue_opening_amount', 'overdue_paid_amount',
        'collected_amount', 'collected_bill_amount', 'received_amount', 'unapplied_amount',
        'contract_amount', 'contract_collected_amount', 'shipped_with_tax_amount', 'shipped_settled_amount',
    ]) }}
{%- endmacro %}

{# What each variant of the collection rate divides by what. #}
{% macro collection_variants() -%}
    {{ return({
        'cash_over_billed': ('collected_amount', 'billed_amount'),
        'balance_based': ('applied_amount', 'opening_receivable_amount + billed_amount'),
        'cash_over_opening_ar': ('collected_amount', 'opening_receivable_amount'),
        'due_in_period': ('due_paid_amount', 'due_amount'),
        'due_incl_overdue': ('due_paid_amount + overdue_paid_amount', 'due_amount + overdue_opening_amount'),
        'plan_attainment': ('collected_amount', 'planned_amount'),
        'on_time': ('paid_on_time_amount', 'due_amount'),
        'contract_progress': ('contract_collected_amount', 'contract_amount'),
        'shipped_based': ('shipped_settled_amount', 'shipped_with_tax_amount'),
    }) }}
{%- endmacro %}

{# The columns of both collection marts after their key, in their order. #}
{% macro collection_columns(relation) -%}
    {% set amounts = [
        'opening_receivable_amount', 'invoiced_amount', 'credit_note_amount', 'billed_amount', 'applied_amount',
        'written_off_amount', 'closing_receivable_amount', 'current_receivable_amount', 'overdue_amount',
        'collected_amount', 'collected_bill_amount', 'received_amount', 'unapplied_amount',
        'due_amount', 'due_paid_amount', 'paid_on_time_amount', 'overdue_opening_amount', 'overdue_paid_amount',
        'planned_amount', 'contract_amount', 'contract_collected_amount',
        'shipped_with_tax_amount', 'shipped_settled_amount',
    ] %}
    {% set others = [
        'collection_rate', 'collection_rate_variant', 'cei_rate', 'overdue_rate', 'bad_debt_rate', 'dso_days',
        'dso_countback_days', 'best_possible_dso_days', 'average_days_delinquent', 'is_receivable_older_than_history',
    ] %}
        {% for name in ['period_type', 'period_start', 'period_label', 'period_state'] %}
        {{ relation }}.{{ name }},
        {% endfor %}
        {% for name in amounts %}
        {{ money(relation ~ '.' ~ name) }} as {{ name }},
        {% endfor %}
        {% for variant in collection_variants() %}
        {{ relation }}.{{ variant }}_rate,
        {% endfor %}
        {{ relation }}.{{ others | join(',\n        ' ~ relation ~ '.') }}
{%- endmacro %}

{# Sales are per month: the sum of a quarter in their place would flatter the index. #}
{% macro cei(opening, billed, months, closing, current_part) -%}
    case when {{ opening }} + ({{ billed }}) / {{ months }} - ({{ current_part }}) > 0
        then {{ rate(opening ~ ' + (' ~ billed ~ ') / ' ~ months ~ ' - (' ~ closing ~ ')',
                     opening ~ ' + (' ~ billed ~ ') / ' ~ months ~ ' - (' ~ current_part ~ ')') }}
    end
{%- endmacro %}

{% macro days_of_sales(balance, billed, days) -%}
    case when {{ balance }} >= 0 and {{ billed }} > 0
        then cast(({{ balance }}) * {{ days }} / ({{ billed }}) as decimal(18, 2))
    end
{%- endmacro %}

{# Whose an amount is: of one customer, of one seller, in one unit since a day from which its place did not change. #}
{% macro owner_columns(relation=none) -%}
    {%- for name in ['customer_id', 'employee_id', 'org_unit_id', 'unit_since'] -%}
    {{ relation ~ '.' if relation }}{{ name }}{{ ', ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# The unit of a seller and the day that stands for its place; `otherwise` is asked when the first knows none. #}
{% macro credited_unit(sellers, otherwise=none) -%}
    {%- for name, last in [('org_unit_id', "'unassigned'"), ('valid_from', first_day())] -%}
    coalesce({{ sellers }}.{{ name }}, {{ otherwise ~ '.' ~ name ~ ', ' if otherwise }}{{ last }}) as {{ 'unit_since' if name == 'valid_from' else name }}{{ ',\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# What is measured by day, and adds up over any days. #}
{% macro collection_day_measures() -%}
    {{ return([
        'opening_amount', 'invoiced_amount', 'credit_note_amount', 'applied_amount', 'written_off_amount',
        'overdue_amount', 'overdue_before_amount', 'open_count', 'billed_count',
        'collected_amount', 'collected_bill_amount', 'received_amount', 'unapplied_amount',
        'contract_amount', 'contract_collected_amount', 'activity_count',
    ]) }}
{%- endmacro %}

{# The same, and what is measured by period. #}
{% macro collection_period_measures() -%}
    {{ return(collection_day_measures() + [
        'last_month_billed_amount', 'due_amount', 'due_paid_amount', 'paid_on_time_amount', 'planned_amount',
        'overdue_opening_amount', 'overdue_paid_amount', 'shipped_with_tax_amount', 'shipped_settled_amount',
    ]) }}
{%- endmacro %}

{# Rows with every measure: those that `relation` has, and zero for the others. Narrow types are summed twice as fast. #}
{% macro day_rows(relation, given) -%}
    select
        business_date,
        {{ owner_columns() }},
        {{ measures_or_zero(collection_day_measures(), given) }}
    from {{ relation }}
{%- endmacro %}

{% macro period_rows(relation, given) -%}
    select
        period_type,
        period_start,
        {{ owner_columns() }},
        {{ measures_or_zero(collection_period_measures(), given) }}
    from {{ relation }}
{%- endmacro %}

{% macro measures_or_zero(measures, given) -%}
    {% for measure in measures %}
        {{ typed_measure(measure if measure in given else 0, measure) }} as {{ measure }}{{ ',' if not loop.last }}
    {% endfor %}
{%- endmacro %}

{# A share of an amount, all of it if none is known. The ends multiply nothing: the product of two decimals is wide, and costly to narrow again. #}
{% macro share_of(amount, share) -%}
    case when {{ share }} is null or {{ share }} = 1 then {{ amount }} when {{ share }} = 0 then 0
        else {{ money('cast(' ~ amount ~ ' as decimal(24, 2)) * ' ~ share) }} end
{%- endmacro %}
