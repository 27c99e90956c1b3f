{# Validity that has no beginning or no end. #}
{% macro first_day() -%} cast('1900-01-01' as date) {%- endmacro %}

{% macro far_day() -%} cast('9999-12-31' as date) {%- endmacro %}
