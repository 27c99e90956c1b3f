select
    correction_id,
    table_name,
    record,
    coalesce(field, '') as field,
    before_value,
    after_value,
    _file,
    _line
from {{ ref('stg_correction_rows') }}
