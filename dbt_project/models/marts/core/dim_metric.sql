select
    metric_id,
    name_zh,
    name_en,
    unit,
    direction,
    definition_zh,
    definition_en
from {{ ref('metrics') }}
