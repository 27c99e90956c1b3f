select
    territory_id,
    parent_territory_id,
    name,
    coalesce(name_en, name) as name_en
    {{- extra_columns('territories') }}
from {{ ref('stg_territories') }}
