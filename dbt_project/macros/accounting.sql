{# The columns that identify a row of a raw table, as its contract names them. #}
{% macro source_key(table) -%}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- for node in graph.sources.values() if node.source_name == 'raw' and node.name == table -%}
            {%- do found.extend(node.config.meta.key or node.meta.key) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{# The place of a row among the versions of its key, 1 for the one that counts; the order of `latest_version`. #}
{% macro version_rank(key) -%}
    row_number() over (
        partition by {{ (key or ['_file']) | join(', ') }}
        order by
            case when _load = 'append' then _sequence end asc nulls last,
            case when _load = 'append' then _line end asc nulls last,
            _version_at desc nulls last,
            _extracted_on desc nulls last,
            _sequence desc,
            _line desc
    )
{%- endmacro %}
