select
    territory_id,
    parent_territory_id,
    name,
    coalesce(name_en, name) as name_en
from {{ ref('stg_territories') }}
