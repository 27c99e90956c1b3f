{# What a closing freezes, by subject: each mart with its kind of owner, what is summed over months, and what stands at an end. #}
{% macro closable() -%}
    {% set cash = ['invoiced_amount', 'credit_note_amount', 'applied_amount', 'written_off_amount', 'collected_amount'] %}
    {{ return([
        ('sales', 'mart_performance_by_employee', 'employee', summed_measures(), ['backlog_amount']),
        ('sales', 'mart_performance_by_org_unit', 'org_unit', summed_measures(), ['backlog_amount']),
        ('receivables', 'mart_collection_by_org_unit', 'org_unit', cash, ['closing_receivable_amount', 'overdue_amount']),
    ]) }}
{%- endmacro %}

{# The state of a period in a subject, from its span of closed months. #}
{% macro period_state(span, first_day, end_day) -%}
    case
        when {{ first_day }} >= {{ span }}.closed_from and {{ end_day }} <= {{ span }}.closed_until then 'closed'
        when {{ end_day }} <= {{ add_days(as_of(), 1) }} then 'preliminary'
        else 'open'
    end
{%- endmacro %}

{# Measures whose months do not add up to a year. #}
{% macro balances() -%}
    {% set names = [] %}
    {% for subject, mart, kind, flows, standing in closable() %}
    {% do names.extend(standing) %}
    {% endfor %}
    ('{{ names | unique | join("', '") }}')
{%- endmacro %}
