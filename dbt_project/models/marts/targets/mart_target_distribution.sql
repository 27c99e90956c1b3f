with people as (

    select
        performance.employee_id,
        performance.org_unit_id,
        performance.period_type,
        performance.period_start,
        performance.period_label,
        performance.sales_amount,
        performance.target_amount,
        case
            when performance.target_amount is null then 'no_target'
            when performance.has_part_period_target or seats.seat_days < seats.days or seats.ramped_days < seats.seat_days
                then 'ramping'
            else 'full'
        end as people_group,
        {{ rate('performance.sales_amount', part_of('performance.target_amount', 'coalesce(seats.ramped_days
            / case when performance.has_part_period_target then seats.seat_days else seats.days end, 1)')) }} as attainment_rate
    from {{ ref('mart_performance_by_employee') }} as performance
    inner join {{ ref('dim_period') }} as ends
        on performance.period_type = ends.period_type
        and performance.period_start = ends.period_start
    left join {{ ref('int_seat_ramp') }} as seats
        on performance.employee_id = seats.employee_id
        and performance.period_start = seats.period_start
        and ends.period_end = seats.period_end
    where performance.target_amount > 0 or performance.target_amount is null and performance.sales_amount <> 0

),

-- The unit's people as the organisation was at the end of the period.
of_units as (

    select closure.ancestor_id as org_unit_id, people.period_type, people.period_start, people.period_label,
        people.people_group, people.attainment_rate
    from people
    inner join {{ ref('dim_period') }} as periods
        on people.period_type = periods.period_type
        and people.period_start = periods.period_start
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on people.org_unit_id = closure.descendant_id
        and {{ day_before('periods.cutoff') }} >= closure.valid_from
        and {{ day_before('periods.cutoff') }} < closure.valid_to

),

counted as (

    select
        of_units.org_unit_id,
        of_units.period_type,
        of_units.period_start,
        of_units.period_label,
        of_units.people_group,
        coalesce(bands.band, 'no_target') as band,
        coalesce(bands.band_order, -1) as band_order,
        bands.from_rate as band_from,
        bands.to_rate as band_to,
        sum(case when bands.band is null
            or of_units.attainment_rate >= coalesce(bands.from_rate, of_units.attainment_rate)
            and (bands.to_rate is null or of_units.attainment_rate < bands.to_rate) then 1 else 0 end) as people_count
    from of_units
    left join {{ source('rulebook', 'target_bands') }} as bands
        on of_units.people_group <> 'no_target'
        and {{ in_force('bands', 'of_units.period_start') }}
    group by 1, 2, 3, 4, 5, 6, 7, 8, 9

)

select
    org_unit_id,
    period_type,
    period_start,
    period_label,
    people_group,
    band,
    cast(band_order as integer) as band_order,
    cast(band_from as decimal(9, 6)) as band_from,
    cast(band_to as decimal(9, 6)) as band_to,
    cast(people_count as bigint) as people_count,
    cast(sum(people_count) over (partition by org_unit_id, period_type, period_start, people_group) as bigint) as group_count,
    {{ rate('people_count', 'sum(people_count) over (partition by org_unit_id, period_type, period_start, people_group)') }}
        as people_share
from counted
