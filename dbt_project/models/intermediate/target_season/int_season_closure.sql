with recursive closure (target_year, ancestor_id, owner_kind, owner_id) as (

    select target_year, owner_id, owner_kind, owner_id from {{ ref('int_season_owners') }}

    union all

    select closure.target_year, closure.ancestor_id, owners.owner_kind, owners.owner_id
    from closure
    inner join {{ ref('int_season_owners') }} as owners
        on closure.target_year = owners.target_year and closure.owner_id = owners.parent_id

)

select * from closure
