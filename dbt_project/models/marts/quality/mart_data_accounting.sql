{# The keys come from the contracts, by way of the sources. #}
{%- set tables = raw_tables() -%}

with ranked as (

    {% for table in tables %}
    select
        '{{ table }}' as table_name,
        _file as file_number,
        _op,
        {{ version_rank(source_key(table)) }} as version_rank,
        {{ version_rank(['_file'] + source_key(table)) }} as rank_in_file
    from {{ source('raw', table) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

counted as (

    select
        table_name,
        file_number,
        sum(case when _op = 'delete' then 0 else 1 end) as rows_in_lake,
        sum(case when _op != 'delete' and rank_in_file > 1 then 1 else 0 end) as rows_duplicate,
        sum(case when _op != 'delete' and rank_in_file = 1 and version_rank > 1 then 1 else 0 end) as rows_superseded
    from ranked
    group by table_name, file_number

),

kept_out as (

    select
        table_name,
        _file as file_number,
        sum(is_unmatched) as rows_unmatched,
        sum(1 - is_unmatched) as rows_excluded
    from (
        select table_name, _file, _line, 1 as is_unmatched from {{ ref('stg_unmatched_names') }}
        union
        select table_name, _file, _line, 0 as is_unmatched from {{ ref('stg_correction_rows') }} where field = ''
    ) as by_row
    group by table_name, _file

),

accounts as (

    select
        file_number,
        file_name,
        table_name,
        min(source) as source,
        min(state) as batch_state,
        cast(sum(rows_read) as {{ dbt.type_bigint() }}) as rows_read,
        cast(sum(rows_loaded) as {{ dbt.type_bigint() }}) as rows_loaded,
        cast(sum(rows_quarantined) as {{ dbt.type_bigint() }}) as rows_quarantined,
        cast(sum(rows_skipped) as {{ dbt.type_bigint() }}) as rows_skipped,
        min(control_column) as control_column,
        sum(control_total) as control_total,
        sum(file_total) as file_total
    from {{ source('meta', 'accounting') }}
    where state != 'superseded'
    group by file_number, file_name, table_name

),

accounted as (

    select
        accounts.file_number,
        accounts.file_name,
        accounts.table_name,
        accounts.source,
        accounts.batch_state,
        files.extracted_on,
        accounts.rows_read,
        accounts.rows_loaded,
        accounts.rows_quarantined,
        accounts.rows_skipped,
        cast(coalesce(counted.rows_superseded, 0) as {{ dbt.type_bigint() }}) as rows_superseded,
        cast(coalesce(counted.rows_duplicate, 0) as {{ dbt.type_bigint() }}) as rows_duplicate,
        cast(case when accounts.batch_state = 'live'
            then accounts.rows_loaded - coalesce(counted.rows_in_lake, 0) else 0 end
            as {{ dbt.type_bigint() }}) as rows_unchanged,
        cast(coalesce(kept_out.rows_unmatched, 0) as {{ dbt.type_bigint() }}) as rows_unmatched,
        cast(coalesce(kept_out.rows_excluded, 0) as {{ dbt.type_bigint() }}) as rows_excluded,
        accounts.rows_read = accounts.rows_loaded + accounts.rows_quarantined + accounts.rows_skipped as is_accounted,
        accounts.control_column,
        cast(accounts.control_total as decimal(18, 4)) as control_total,
        cast(accounts.file_total as decimal(18, 4)) as file_total,
        cast(accounts.control_total - accounts.file_total as decimal(18, 4)) as control_difference
    from accounts
    left join {{ source('meta', 'files') }} as files
        on accounts.file_number = files.file_number
    left join counted
        on accounts.file_number = counted.file_number
        and accounts.table_name = counted.table_name
    left join kept_out
        on accounts.file_number = kept_out.file_number
        and accounts.table_name = kept_out.table_name

)

select * from accounted
