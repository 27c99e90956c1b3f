with changed as (

    select
        correction_id,
        count(*) as rows_changed
    from {{ ref('stg_correction_rows') }}
    group by correction_id

)

select
    corrections.correction_id,
    corrections.kind,
    corrections.table_name,
    corrections.record,
    corrections.field,
    corrections.value,
    corrections.reason,
    corrections.made_by,
    corrections.valid_until,
    case
        when corrections.is_expired then 'expired'
        when changed.rows_changed is null then 'unused'
        else 'active'
    end as state,
    cast(coalesce(changed.rows_changed, 0) as {{ dbt.type_bigint() }}) as rows_changed
from {{ ref('stg_corrections') }} as corrections
left join changed
    on corrections.correction_id = changed.correction_id
