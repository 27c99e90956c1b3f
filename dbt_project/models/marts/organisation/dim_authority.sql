select
    limits.rule_id,
    limits.kind,
    coalesce(limits.org_level, '') as org_level,
    coalesce(limits.role, '') as role,
    limits.is_unlimited,
    cast(limits.limit_rate as decimal(18, 6)) as limit_rate,
    {{ money('limits.limit_amount') }} as limit_amount,
    limits.effective_from as valid_from,
    coalesce(limits.effective_to, {{ far_day() }}) as valid_to,
    {{ in_force('limits', as_of()) }} as is_in_force
from {{ source('rulebook', 'authority_limits') }} as limits
