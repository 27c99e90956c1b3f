with seasons as (

    select target_year, year_start, year_end from {{ ref('int_season_years') }}

),

closure as (

    select * from {{ ref('int_season_closure') }}

),

filled as (

    select target_year, ancestor_id as owner_id, count(*) as filled_seats
    from closure
    where owner_kind = 'employee'
    group by target_year, ancestor_id

),

-- What a seller's post is called: the role itself, or a title that a seller has.
posts as (

    select 'seller' as role
    union
    select job_title from {{ ref('dim_employee') }}
    where role = 'seller' and job_title is not null

),

plans as (

    select * from {{ ref('stg_headcount_plans') }}

),

planned as (

    select seasons.target_year, plans.org_unit_id, plans.period_label, sum(plans.planned_count) as planned_seats
    from plans
    inner join posts on plans.role = posts.role
    inner join {{ ref('int_periods') }} as months
        on plans.period_label = months.period_label and months.period_type = 'month'
    inner join seasons on months.business_year = seasons.target_year
    group by seasons.target_year, plans.org_unit_id, plans.period_label

),

-- Seats that are planned and not filled, as parts of a year.
open_seats as (

    select planned.target_year, planned.org_unit_id,
        sum(greatest(planned.planned_seats - coalesce(own.filled_seats, 0), 0)) / 12.0 as open_seats
    from planned
    left join (
        select target_year, parent_id, count(*) as filled_seats from {{ ref('int_season_owners') }}
        where owner_kind = 'employee'
        group by target_year, parent_id
    ) as own
        on planned.target_year = own.target_year and planned.org_unit_id = own.parent_id
    group by planned.target_year, planned.org_unit_id

),

open_below as (

    select closure.target_year, closure.ancestor_id as owner_id, sum(open_seats.open_seats) as open_seats
    from closure
    inner join open_seats
        on closure.target_year = open_seats.target_year and closure.owner_id = open_seats.org_unit_id
    group by closure.target_year, closure.ancestor_id

)

select
    owners.target_year,
    owners.owner_id,
    cast(coalesce(filled.filled_seats, 0) as integer) as filled_seats,
    cast(coalesce(open_below.open_seats, 0) as decimal(9, 2)) as open_seats
from {{ ref('int_season_owners') }} as owners
left join filled on owners.target_year = filled.target_year and owners.owner_id = filled.owner_id
left join open_below on owners.target_year = open_below.target_year and owners.owner_id = open_below.owner_id
