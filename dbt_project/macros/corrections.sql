{# The columns of a raw table by its contract, each with its type and what a correction may do to it. #}
{% macro raw_columns(table) -%}
    {%- set found = [] -%}
    {%- if execute -%}
        {%- for node in graph.sources.values() if node.source_name == 'raw' and node.name == table -%}
            {%- for name, column in node.columns.items() -%}
                {%- set meta = column.config.meta or {} -%}
                {%- do found.append({
                    'name': name,
                    'type': column.data_type,
                    'override': meta.override,
                    'crosswalk': meta.crosswalk,
                    'is_key': name in source_key(table),
                }) -%}
            {%- endfor -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{# A record as people name it in overrides.csv: its key, with slashes. #}
{% macro record_of(table, rows='loaded') -%}
    {%- for column in source_key(table) -%}
        coalesce(cast({{ rows }}.{{ column }} as {{ dbt.type_string() }}), ''){{ " || '/' || " if not loop.last }}
    {%- endfor -%}
{%- endmacro %}

{# The day on which a dated correction must hold; what has no day of its own goes by the last day that counts. #}
{% macro day_of(table, rows='loaded') -%}
    {%- for node in graph.sources.values() if node.source_name == 'raw' and node.name == table -%}
        {{ rows ~ '.' ~ node.config.meta.dated_by if node.config.meta.dated_by else as_of() }}
    {%- endfor -%}
{%- endmacro %}

{% macro alias_join(table, column, kind, alias) -%}
    {{ kind }} join {{ ref('stg_aliases') }} as {{ alias }}
        on {{ alias }}.entity = '{{ column.crosswalk }}'
        and {{ alias }}.given = loaded.{{ column.name }}
        and {{ day_of(table) }} between {{ alias }}.valid_from and {{ alias }}.valid_to
{%- endmacro %}

{# What corrections and names say about each loaded row: `changes` by record, alias_… and name_… by field. #}
{% macro correction_joins(table, columns) -%}
    left join (
        select
            record,
            {% for column in columns if column.override -%}
            max(case when field = '{{ column.name }}' then value end) as {{ column.name }},
            {% endfor -%}
            max(case when action = 'exclude' then 1 else 0 end) as is_excluded
        from {{ ref('stg_overrides') }}
        where table_name = '{{ table }}'
        group by record
    ) as changes
        on {{ record_of(table) }} = changes.record
    {% for column in columns if column.crosswalk -%}
    {{ alias_join(table, column, 'left', 'alias_' ~ column.name) }}
    {% if not column.is_key -%}
    left join {{ ref('stg_look_ups') }} as asked_{{ column.name }}
        on loaded._file = asked_{{ column.name }}.file_number
        and asked_{{ column.name }}.table_name = '{{ table }}'
        and asked_{{ column.name }}.field = '{{ column.name }}'
    left join {{ ref('stg_names') }} as name_{{ column.name }}
        on asked_{{ column.name }}.entity = name_{{ column.name }}.entity
        and asked_{{ column.name }}.looked_in = name_{{ column.name }}.looked_in
        and loaded.{{ column.name }} = name_{{ column.name }}.given
    {% endif -%}
    {% endfor -%}
{%- endmacro %}

{# Whether a field holds a name that stands for no code, or for more than one. #}
{% macro is_unmatched(column) -%}
    (
        asked_{{ column.name }}.looked_in is not null
        and loaded.{{ column.name }} is not null
        and coalesce(changes.{{ column.name }}, alias_{{ column.name }}.becomes, name_{{ column.name }}.code) is null
    )
{%- endmacro %}

{% macro corrected_value(column) -%}
    {%- set values = [] -%}
    {%- if column.override -%}
        {%- do values.append('cast(changes.' ~ column.name ~ ' as ' ~ column.type ~ ')') -%}
    {%- endif -%}
    {%- if column.crosswalk -%}{%- do values.append('alias_' ~ column.name ~ '.becomes') -%}{%- endif -%}
    {%- if column.crosswalk and not column.is_key -%}{%- do values.append('name_' ~ column.name ~ '.code') -%}{%- endif -%}
    {{ 'coalesce(' ~ values | join(', ') ~ ', loaded.' ~ column.name ~ ')' if values else 'loaded.' ~ column.name }}
{%- endmacro %}

{# The rows of a table that count (or all their versions), with names as codes and corrections applied.
   Without what is excluded, and without rows with a name that nobody can tell: those are in stg_unmatched_names.
   Where a correction gives a row the key of another, the other one stays. #}
{% macro corrected(table, all_versions=false) -%}
    {%- set raw, dependencies = source('raw', table), [ref('stg_overrides'), ref('stg_aliases'), ref('stg_look_ups'), ref('stg_names')] -%}
    {%- set key, columns = source_key(table), raw_columns(table) -%}
    {%- set renamed = columns | selectattr('is_key') | selectattr('crosswalk') | list -%}
    select *
    from (
        select
            {% for column in columns -%}
            {{ corrected_value(column) }} as {{ column.name }},
            {% endfor -%}
            {% for name in extra_names([table]) -%}
            loaded.{{ adapter.quote(name) }},
            {% endfor -%}
            {% for column in renamed -%}
            case when alias_{{ column.name }}.becomes is null then 0 else 1 end as _is_renamed,
            {% endfor -%}
            loaded._file,
            loaded._line,
            loaded._op,
            loaded._load,
            loaded._version_at,
            loaded._extracted_on,
            loaded._sequence
        from ({{ 'select * from ' ~ raw if all_versions else latest_version(raw, key) }}) as loaded
        {{ correction_joins(table, columns) }}
        where coalesce(changes.is_excluded, 0) = 0
        {% for column in columns if column.crosswalk and not column.is_key -%}
            and not {{ is_unmatched(column) }}
        {% endfor -%}
    ) as corrected_rows
    {% if renamed -%}
    qualify row_number() over (partition by {{ key | join(', ') }} order by _is_renamed, _file, _line) = 1
    {%- endif %}
{%- endmacro %}

{# Rows kept out because of a name in one field, if the table has names at all. #}
{% macro unmatched_names(table, column, columns) -%}
    select
        '{{ table }}' as table_name,
        {{ record_of(table) }} as record,
        '{{ column.name }}' as field,
        asked_{{ column.name }}.entity,
        asked_{{ column.name }}.looked_in,
        loaded.{{ column.name }} as given,
        name_{{ column.name }}.candidates,
        loaded._file,
        loaded._line
    from (
        {{ latest_version(
            "(select every.* from " ~ source('raw', table) ~ " as every cross join (select distinct table_name from "
            ~ ref('stg_look_ups') ~ " where table_name = '" ~ table ~ "') as asked) as every", source_key(table)
        ) }}
    ) as loaded
    {{ correction_joins(table, columns) }}
    where coalesce(changes.is_excluded, 0) = 0
        and {{ is_unmatched(column) }}
{%- endmacro %}

{# What overrides change in a table, before and after. #}
{% macro overridden_rows(table, columns) -%}
    {%- set text = dbt.type_string() -%}
    select
        overrides.correction_id,
        '{{ table }}' as table_name,
        overrides.record,
        overrides.field,
        case overrides.field
            when '' then cast(null as {{ text }})
            {% for column in columns if column.override -%}
            when '{{ column.name }}' then cast(loaded.{{ column.name }} as {{ text }})
            {% endfor -%}
        end as before_value,
        case overrides.field
            when '' then cast(null as {{ text }})
            {% for column in columns if column.override -%}
            when '{{ column.name }}' then cast(cast(overrides.value as {{ column.type }}) as {{ text }})
            {% endfor -%}
        end as after_value,
        loaded._file,
        loaded._line
    from (
        {{ latest_version(
            "(select every.* from " ~ source('raw', table) ~ " as every where " ~ record_of(table, 'every')
            ~ " in (select record from " ~ ref('stg_overrides') ~ " where table_name = '" ~ table ~ "')) as every",
            source_key(table)
        ) }}
    ) as loaded
    inner join {{ ref('stg_overrides') }} as overrides
        on overrides.table_name = '{{ table }}'
        and overrides.record = {{ record_of(table) }}
{%- endmacro %}

{# What a crosswalk changes in a field. A row that is merged into another has left staging, so its key decides. #}
{% macro renamed_rows(table, column) -%}
    {%- set given = "(select every.* from " ~ source('raw', table) ~ " as every where every." ~ column.name
        ~ " in (select given from " ~ ref('stg_aliases') ~ " where entity = '" ~ column.crosswalk ~ "'))" -%}
    select
        alias.correction_id,
        '{{ table }}' as table_name,
        {{ record_of(table) }} as record,
        '{{ column.name }}' as field,
        loaded.{{ column.name }} as before_value,
        alias.becomes as after_value,
        loaded._file,
        loaded._line
    from {{ '(' ~ latest_version(given ~ ' as every', source_key(table)) ~ ')' if column.is_key else given }} as loaded
    {{ alias_join(table, column, 'inner', 'alias') }}
    {% if not column.is_key -%}
    inner join {{ ref('stg_' ~ table) }} as kept
        on loaded._file = kept._file
        and loaded._line = kept._line
        and alias.becomes = kept.{{ column.name }}
    {%- endif %}
{%- endmacro %}

{# Held true by a test: every contract is here. #}
{% macro raw_tables() -%}
    {{ return(staged_tables() + [
        'collection_plans', 'complaints', 'price_lists', 'survey_replies', 'training_records',
    ]) }}
{%- endmacro %}

{# Tables with a staging model, and so with corrections. #}
{% macro staged_tables() -%}
    {{ return([
        'activities', 'approvals', 'competitors', 'control_figures', 'credit_notes', 'customers', 'deliveries',
        'employee_assignments', 'employees', 'exchange_rates', 'feedback', 'handovers', 'headcount_plans',
        'invoice_instalments', 'invoices', 'leads', 'legal_entities', 'market_size', 'opening_balances', 'opportunities',
        'opportunity_stages', 'order_lines', 'orders', 'org_unit_crosswalk', 'org_units', 'products', 'quotes',
        'receipt_applications', 'receipts', 'research_log', 'sales_contracts', 'sales_plans', 'service_cases',
        'target_submissions', 'targets', 'territories', 'write_offs',
    ]) }}
{%- endmacro %}
