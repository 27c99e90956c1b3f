select
    rule_id,
    stage,
    stage_order,
    next_stage,
    status,
    name_zh,
    name_en,
    entry_zh,
    entry_en,
    max_days,
    probability as probability_rate,
    effective_from as valid_from,
    effective_to as valid_to,
    {{ in_force('stages', as_of()) }} as is_current
from {{ source('rulebook', 'process_stages') }} as stages
