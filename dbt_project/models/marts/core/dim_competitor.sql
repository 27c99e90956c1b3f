select
    competitor_id,
    name,
    coalesce(name_en, name) as name_en
    {{- extra_columns('competitors') }}
from {{ ref('stg_competitors') }}
