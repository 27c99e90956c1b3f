select
    correction_id,
    action,
    table_name,
    record,
    field,
    value
from {{ source('corrections', 'overrides') }}
where coalesce(valid_until, {{ far_day() }}) >= {{ as_of() }}
