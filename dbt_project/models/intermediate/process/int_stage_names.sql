-- Exports outlive a process: a name keeps its stage when a later version no longer lists it.
select lower(given) as given, source, stage
from {{ source('rulebook', 'process_synonyms') }}
where effective_from <= {{ as_of() }}
qualify row_number() over (partition by source, lower(given) order by effective_from desc, rule_id, stage) = 1
