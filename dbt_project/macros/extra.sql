{# Extra columns: what a mapping brings beyond the fields of a table, as the live batches have it. #}
{% macro extra_names(tables) -%}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- set asked = "select distinct name from meta.extra_columns where table_name in ('" ~ tables | join("', '") ~ "') order by name" -%}
        {%- do found.extend(run_query(asked).columns['name'].values()) -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{# The same behind the other columns of a select; `of` is the relation that has them. #}
{% macro extra_columns(table, of=none) -%}
    {%- for name in extra_names([table]) %},
        {{ of ~ '.' if of }}{{ adapter.quote(name) }}
    {%- endfor -%}
{%- endmacro %}

{# Lets the contract of a mart admit the extra columns of these tables: dbt reads the columns of a contract at parse time. #}
{% macro admit_extra_columns(tables) -%}
    {%- for name in extra_names(tables) -%}
        {%- do model['columns'].update({name: {'name': name, 'data_type': 'varchar', 'quote': true, 'constraints': []}}) -%}
    {%- endfor -%}
{%- endmacro %}
