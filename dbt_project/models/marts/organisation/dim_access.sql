with posts as (

    select * from {{ ref('int_posts') }}
    where valid_from <= {{ as_of() }} and valid_to > {{ as_of() }}

),

sights as (

    select * from {{ source('rulebook', 'data_visibility') }} as sights
    where {{ in_force('sights', as_of()) }}

),

closure as (

    select ancestor_id, descendant_id, distance from {{ ref('dim_org_unit_closure') }}
    where valid_from <= {{ as_of() }} and valid_to > {{ as_of() }}

),

roots as (

    select org_unit_id from {{ ref('dim_org_unit') }}
    where parent_org_unit_id is null

),

-- The leaf of who sits in a unit itself belongs to the own unit.
seen as (

    select distinct
        posts.employee_id,
        closure.descendant_id as org_unit_id,
        sights.content
    from posts
    inner join sights
        on {{ held_by('sights', 'posts') }}
    cross join roots
    inner join closure
        on closure.ancestor_id = case when sights.sees = 'company' then roots.org_unit_id else posts.org_unit_id end
        and (sights.sees <> 'own_unit' or closure.distance = 0 or closure.descendant_id = posts.org_unit_id || '/direct')

)

select * from seen
