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

{% macro collection_variants() -%}
    {{ return([
        'cash_over_billed', 'balance_based', 'cash_over_opening_ar', 'due_in_period', 'due_incl_overdue',
        'plan_attainment', 'on_time', 'contract_progress', 'shipped_based',
    ]) }}
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
