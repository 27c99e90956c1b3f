{# Models land in the schema that their folder names, without a prefix. #}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ custom_schema_name or target.schema }}
{%- endmacro %}

{# The last day that counts. The only date that a model may take from outside. #}
{% macro as_of() -%}
    {%- set day = var('as_of') | string -%}
    {%- if not modules.re.fullmatch('[0-9]{4}-[0-9]{2}-[0-9]{2}', day) -%}
        {{ exceptions.raise_compiler_error("as_of must be a day like 2025-03-31, not '" ~ day ~ "'") }}
    {%- endif -%}
    cast('{{ day }}' as date)
{%- endmacro %}

{# The one way to a rate: sums over sums, 0 to 1, null when the base is zero. #}
{% macro rate(numerator, denominator) -%}
    cast(
        cast({{ numerator }} as decimal(28, 6)) / nullif(cast({{ denominator }} as decimal(28, 6)), 0)
        as decimal(18, 6)
    )
{%- endmacro %}

{% macro money(expression) -%}
    cast({{ expression }} as decimal(18, 2))
{%- endmacro %}

{% macro company_currency() -%}
    (select currency from {{ source('meta', 'company') }})
{%- endmacro %}

{# The version of each row that counts: the newest, but the first of an appended one; deleted rows are gone. #}
{% macro latest_version(relation, key) -%}
    select *
    from {{ relation }}
    qualify row_number() over (
        partition by {{ key | join(', ') }}
        order by
            case when _load = 'append' then _sequence end asc nulls last,
            case when _load = 'append' then _line end asc nulls last,
            _version_at desc nulls last,
            _extracted_on desc nulls last,
            _sequence desc,
            _line desc
    ) = 1
        and _op <> 'delete'
{%- endmacro %}
