with recursive listed as (

    select territory_id, parent_territory_id from {{ ref('stg_territories') }}

),

used as (

    select territory_id from {{ ref('stg_customers') }}
    union
    select territory_id from {{ ref('stg_orders') }}
    union
    select territory_id from {{ ref('stg_market_size') }}
    union
    select 'unknown'

),

territories as (

    select territory_id, parent_territory_id from listed
    union all
    select territory_id, cast(null as varchar)
    from used
    where territory_id is not null
        and territory_id not in (select territory_id from listed)

),

closure (ancestor_id, descendant_id, distance) as (

    select territory_id, territory_id, 0
    from territories

    union all

    select closure.ancestor_id, territories.territory_id, closure.distance + 1
    from closure
    inner join territories
        on closure.descendant_id = territories.parent_territory_id
    where closure.distance < 20

),

with_the_whole as (

    select ancestor_id, descendant_id, distance from closure
    union all
    select 'all', territory_id, 1000 from territories
    union all
    select 'all', 'all', 0

)

select
    ancestor_id,
    descendant_id,
    cast(distance as integer) as distance
from with_the_whole
