select
    file_number as _file,
    file_name,
    sha256,
    size_bytes,
    source,
    extracted_on,
    encoding
from {{ source('meta', 'files') }}
