select
    unmatched.table_name,
    unmatched.record,
    unmatched.field,
    unmatched.entity,
    unmatched.given,
    unmatched.problem,
    unmatched.candidates,
    files.source,
    files.file_name,
    files.extracted_on,
    unmatched._file,
    unmatched._line
from {{ ref('stg_unmatched_names') }} as unmatched
left join {{ source('meta', 'files') }} as files
    on unmatched._file = files.file_number
