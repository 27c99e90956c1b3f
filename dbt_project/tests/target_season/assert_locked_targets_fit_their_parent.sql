{{ config(severity='warn') }}

-- Locked targets that are more than their parent has, or all of its children and less: none of them is split.
select locks.plan, owners.parent_id, string_agg(locks.owner_id, ', ' order by locks.owner_id) as locked, sum(locks.value) as locked_sum
from {{ ref('int_split_locks') }} as locks
inner join {{ ref('int_split_owners') }} as owners on locks.plan = owners.plan and locks.owner_id = owners.owner_id
inner join {{ ref('int_target_split') }} as parents
    on owners.plan = parents.plan and owners.parent_id = parents.owner_id and parents.month = 1
left join {{ ref('int_target_split') }} as given
    on owners.plan = given.plan and owners.owner_id = given.owner_id and given.month = 1
where given.owner_id is null
group by locks.plan, owners.parent_id
