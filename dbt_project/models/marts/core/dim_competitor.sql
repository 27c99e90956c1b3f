select
    competitor_id,
    name,
    coalesce(name_en, name) as name_en
from {{ ref('stg_competitors') }}
