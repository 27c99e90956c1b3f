{# The names of stages that the source of these rows uses, and those of all sources. #}
{% macro join_stage_names(rows) -%}
    left join {{ source('meta', 'files') }} as files
        on {{ rows }}._file = files.file_number
    left join {{ ref('int_stage_names') }} as source_names
        on files.source = source_names.source
        and lower(trim({{ rows }}.stage)) = source_names.given
    left join {{ ref('int_stage_names') }} as any_names
        on any_names.source = 'any'
        and lower(trim({{ rows }}.stage)) = any_names.given
{%- endmacro %}

{# The stage of the process that an export means; null where no rule knows the name. #}
{% macro stage_meant() -%}
    coalesce(source_names.stage, any_names.stage)
{%- endmacro %}
