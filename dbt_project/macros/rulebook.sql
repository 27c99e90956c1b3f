{# Whether a rule is in force on a day: `rule` is the alias of a table of the rulebook. #}
{% macro in_force(rule, day) -%}
    {{ day }} >= {{ rule }}.effective_from
        and ({{ rule }}.effective_to is null or {{ day }} < {{ rule }}.effective_to)
{%- endmacro %}
