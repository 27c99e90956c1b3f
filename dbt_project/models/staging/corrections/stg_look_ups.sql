select
    files.file_number,
    look_ups.table_name,
    look_ups.field,
    look_ups.entity,
    look_ups.looked_in
from {{ source('corrections', 'look_ups') }} as look_ups
inner join {{ source('meta', 'files') }} as files
    on look_ups.source = files.source
