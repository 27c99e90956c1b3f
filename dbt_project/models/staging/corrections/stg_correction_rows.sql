{%- set dependencies = [ref('stg_overrides'), ref('stg_aliases')] -%}
{%- set parts = [] -%}
{%- for table in staged_tables() -%}
    {%- set raw, staged, columns = source('raw', table), ref('stg_' ~ table), raw_columns(table) -%}
    {%- do parts.append(overridden_rows(table, columns)) -%}
    {%- for column in columns if column.crosswalk -%}
        {%- do parts.append(renamed_rows(table, column)) -%}
    {%- endfor -%}
{%- endfor -%}

with touched as (

    {{ parts | join('\n    union all\n    ') }}

)

select *
from touched
where field = ''
    or before_value is null
    or before_value <> after_value
