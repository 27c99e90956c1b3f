{# What a target is for, besides its owner and metric: filters on the results that count for it. #}
{% macro target_scope() -%}
    {{ return(['product_line', 'territory_id', 'customer_id', 'quantity_unit']) }}
{%- endmacro %}

{# The columns that tell one target from another. #}
{% macro target_key(alias='') -%}
    {%- set dot = alias ~ '.' if alias else '' -%}
    {%- set names = [] -%}
    {%- for name in ['level', 'owner_id', 'metric'] + target_scope() -%}{%- do names.append(dot ~ name) -%}{%- endfor -%}
    {{ return(names | join(', ')) }}
{%- endmacro %}

{# Whether two targets of other owners or periods are for the same thing, so that they may be added or compared. #}
{% macro same_scope(left, right) -%}
    {{ left }}.metric = {{ right }}.metric
    {%- for column in target_scope() %}
        and {{ left }}.{{ column }} is not distinct from {{ right }}.{{ column }}
    {%- endfor %}
{%- endmacro %}

{# Metrics that add up over days and owners. #}
{% macro additive_metrics() -%}
    {{ return([
        'sales_amount', 'booked_amount', 'shipped_amount', 'invoiced_amount', 'gross_margin_amount', 'collected_amount',
        'order_quantity', 'order_count', 'new_customer_count',
    ]) }}
{%- endmacro %}

{# Metrics that a ratio of two sums gives. #}
{% macro rate_metrics() -%}
    {{ return(['gross_margin_rate', 'customer_growth_rate', 'share_rate']) }}
{%- endmacro %}

{# What a target and what was reached of it are counted in: money has cents, rates have four decimals. #}
{% macro target_number(expression) -%}
    cast({{ expression }} as decimal(18, 4))
{%- endmacro %}

{# Columns that name a target in every mart of targets. #}
{% macro target_columns(alias) -%}
    {%- for column in ['target_id', 'level', 'owner_id', 'owner_kind', 'metric', 'product_line', 'territory_id', 'customer_id',
                       'unit', 'period_type', 'period_start', 'period_end', 'period_label'] -%}
    {{ alias }}.{{ column }}{{ ',\n        ' if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# Month of tenure, the first is 1: days before the day of the month on which one began belong to the month before. #}
{% macro tenure_month(hired_on, day) -%}
    cast((extract(year from {{ day }}) - extract(year from {{ hired_on }})) * 12
        + extract(month from {{ day }}) - extract(month from {{ hired_on }})
        - case when extract(day from {{ day }}) < extract(day from {{ hired_on }}) then 1 else 0 end + 1 as integer)
{%- endmacro %}

{# A part of an amount; the types leave room for the product. #}
{% macro part_of(value, share) -%}
    cast(cast({{ value }} as decimal(24, 4)) * cast({{ share }} as decimal(10, 6)) as decimal(28, 6))
{%- endmacro %}
