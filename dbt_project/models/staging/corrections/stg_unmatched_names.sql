{%- set dependencies = [ref('stg_overrides'), ref('stg_aliases'), ref('stg_look_ups'), ref('stg_names')] -%}
{%- set parts = [] -%}
{%- for table in staged_tables() -%}
    {%- set raw, columns = source('raw', table), raw_columns(table) -%}
    {%- for column in columns if column.crosswalk and not column.is_key -%}
        {%- do parts.append(unmatched_names(table, column, columns)) -%}
    {%- endfor -%}
{%- endfor -%}

with unmatched as (

    {{ parts | join('\n    union all\n    ') }}

),

{# Names like the one that nobody knows: one holds the other. #}
alike as (

    select
        asked.entity,
        asked.looked_in,
        asked.given,
        {{ dbt.listagg('names.candidates', "'; '", 'order by names.candidates', 5) }} as candidates
    from (select distinct entity, looked_in, given from unmatched where candidates is null) as asked
    inner join {{ ref('stg_names') }} as names
        on asked.entity = names.entity
        and asked.looked_in = names.looked_in
        and names.code is not null
        and names.code <> names.given
        and (
            {{ dbt.position('lower(asked.given)', 'lower(names.given)') }} > 0
            or {{ dbt.position('lower(names.given)', 'lower(asked.given)') }} > 0
        )
    group by asked.entity, asked.looked_in, asked.given

)

select
    unmatched.table_name,
    unmatched.record,
    unmatched.field,
    unmatched.entity,
    unmatched.given,
    case when unmatched.candidates is null then 'unknown_name' else 'ambiguous_name' end as problem,
    coalesce(unmatched.candidates, alike.candidates) as candidates,
    unmatched._file,
    unmatched._line
from unmatched
left join alike
    on unmatched.entity = alike.entity
    and unmatched.looked_in = alike.looked_in
    and unmatched.given = alike.given
