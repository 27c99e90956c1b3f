with aliases as (

    select
        correction_id,
        case entity when 'employees' then 'person' when 'customers' then 'customer' else 'payer' end as kind,
        cast(null as {{ dbt.type_string() }}) as table_name,
        given as record,
        cast(null as {{ dbt.type_string() }}) as field,
        becomes as value,
        line,
        reason,
        made_by,
        valid_until
    from {{ source('corrections', 'aliases') }}

),

overrides as (

    select
        correction_id,
        action as kind,
        table_name,
        record,
        nullif(field, '') as field,
        nullif(value, '') as value,
        line,
        reason,
        made_by,
        valid_until
    from {{ source('corrections', 'overrides') }}

),

united as (

    select * from aliases
    union all
    select * from overrides

)

select
    *,
    coalesce(valid_until < {{ as_of() }}, false) as is_expired
from united
