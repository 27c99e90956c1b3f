select
    chapter,
    rule_id,
    name_zh,
    name_en,
    nullif(owner, '') as owner,
    effective_from,
    effective_to,
    case
        when status = 'draft' then 'draft'
        when effective_from > {{ as_of() }} then 'to_come'
        when effective_to <= {{ as_of() }} then 'ended'
        else 'in_force'
    end as state,
    review_by,
    cast({{ dbt.datediff(as_of(), 'review_by', 'day') }} as integer) as days_to_review,
    approved_by,
    approved_on,
    document,
    version as rulebook_version
from {{ source('rulebook', 'rules') }}
