with synonyms as (

    select source, lower(given) as given, stage, effective_from, rule_id
    from {{ source('rulebook', 'process_synonyms') }}
    where effective_from <= {{ as_of() }}

)

-- Exports outlive a process: a name keeps its stage when a later version no longer lists it.
select source, given, stage
from synonyms
qualify row_number() over (partition by source, given order by effective_from desc, rule_id, stage) = 1
