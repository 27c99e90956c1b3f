select distinct owners.plan, owners.owner_id, locks.value
from {{ ref('int_split_owners') }} as owners
inner join {{ ref('int_season_years') }} as seasons on owners.target_year = seasons.target_year
inner join {{ source('rulebook', 'target_locks') }} as locks
    on owners.target_year = locks.target_year and owners.metric = locks.metric and owners.owner_id = locks.owner_id
    and {{ in_force('locks', 'seasons.year_start') }}
where owners.parent_id is not null
