with versions as (

    select * from {{ ref('int_opportunity_versions') }}

),

latest as (

    select * from versions
    qualify row_number() over (partition by opportunity_id order by version_number desc) = 1

),

first_owners as (

    select opportunity_id, employee_id
    from versions
    where employee_id is not null
    qualify row_number() over (partition by opportunity_id order by version_number) = 1

),

first_days as (

    select employee_id, min(valid_from) as first_day
    from {{ ref('int_seller_units') }}
    group by employee_id

),

steps as (

    select * from {{ ref('int_opportunity_steps') }}

),

states as (

    select
        opportunity_id,
        to_stage as stage,
        to_status as status,
        to_amount as amount,
        to_expected_close_on as expected_close_on
    from steps
    where next_changed_on = {{ far_day() }}

),

closings as (

    select opportunity_id, to_status as status, max(changed_on) as closed_on
    from steps
    where to_status <> 'open'
        and from_status is distinct from to_status
    group by opportunity_id, to_status

),

-- It belongs for good to the unit of its first known owner on the first day, or the walk of a unit would not add up.
owned as (

    select
        latest.*,
        first_owners.employee_id as first_employee_id,
        greatest(latest.created_on, coalesce(first_days.first_day, latest.created_on)) as owned_on
    from latest
    left join first_owners
        on latest.opportunity_id = first_owners.opportunity_id
    left join first_days
        on first_owners.employee_id = first_days.employee_id

),

final as (

    select
        owned.opportunity_id,
        owned.created_on,
        owned.first_employee_id as employee_id,
        coalesce(assignments.org_unit_id, 'unassigned') as org_unit_id,
        owned.owned_on,
        owned.customer_id,
        coalesce(customers.territory_id, 'unknown') as territory_id,
        coalesce(owned.product_line, 'unclassified') as segment,
        states.stage,
        states.status,
        case when states.status <> 'open' then
            case when owned.status = states.status and owned.closed_on <= {{ as_of() }} then owned.closed_on
                else closings.closed_on
            end
        end as closed_on,
        states.amount,
        states.expected_close_on,
        case when states.status = 'lost' then coalesce(nullif(trim(owned.lost_reason), ''), 'blank') end as lost_reason,
        owned.competitor_id
    from owned
    inner join states
        on owned.opportunity_id = states.opportunity_id
    left join closings
        on states.opportunity_id = closings.opportunity_id
        and states.status = closings.status
    left join {{ ref('int_seller_units') }} as assignments
        on owned.first_employee_id = assignments.employee_id
        and owned.owned_on >= assignments.valid_from
        and owned.owned_on < assignments.valid_to
    left join {{ ref('stg_customers') }} as customers
        on owned.customer_id = customers.customer_id

)

select * from final
