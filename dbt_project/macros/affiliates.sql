{# Only business with others, or only that within the group: what its companies sell each other is no sale of the group. #}
{% macro outside_the_group(rows) -%} not exists (
            select 1 from {{ ref('int_affiliates') }} as affiliates where affiliates.customer_id = {{ rows }}.customer_id)
{%- endmacro %}

{% macro within_the_group(rows) -%} exists (
            select 1 from {{ ref('int_affiliates') }} as affiliates where affiliates.customer_id = {{ rows }}.customer_id)
{%- endmacro %}
