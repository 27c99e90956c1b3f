-- What is split: the target that is set for the whole company, else the middle of what is proposed.
select
    owners.plan,
    owners.target_year,
    owners.metric,
    case when basis.set_value is not null then 'set' else 'proposal' end as total_source,
    coalesce(basis.set_value, round(basis.middle_value / owners.step) * owners.step) as value
from {{ ref('int_split_owners') }} as owners
inner join {{ ref('mart_target_basis') }} as basis
    on owners.target_year = basis.target_year and owners.owner_kind = basis.owner_kind
    and owners.owner_id = basis.owner_id and owners.metric = basis.metric and basis.method = 'proposal'
where owners.parent_id is null
    and coalesce(basis.set_value, basis.middle_value) > 0
