with periods as (

    select * from {{ ref('dim_period') }}
    where has_begun and period_type <> 'week'

),

moves as (

    select * from {{ ref('int_headcount_moves') }}

),

seats as (

    select * from {{ ref('int_seats_by_period') }}

),

grain as (

    select org_unit_id, role, period_type, period_start from moves
    union
    select org_unit_id, role, period_type, period_start from seats
    union
    select units.org_unit_id, 'all', periods.period_type, periods.period_start
    from {{ ref('dim_org_unit') }} as units
    cross join periods
    where exists (select 1 from moves)

),

joined as (

    select
        grain.*,
        coalesce(moves.opening_count, 0) as opening_count,
        coalesce(moves.joiner_count, 0) as joiner_count,
        coalesce(moves.leaver_count, 0) as leaver_count,
        coalesce(moves.moved_in_count, 0) as moved_in_count,
        coalesce(moves.moved_out_count, 0) as moved_out_count,
        coalesce(moves.actual_count, 0) as actual_count,
        moves.quota_capacity_amount,
        seats.planned_count,
        seats.stated_count,
        seats.filled_count,
        seats.vacancy_days,
        reports.report_count,
        reports.manager_count
    from grain
    left join moves
        on grain.org_unit_id = moves.org_unit_id
        and grain.role = moves.role
        and grain.period_type = moves.period_type
        and grain.period_start = moves.period_start
    left join seats
        on grain.org_unit_id = seats.org_unit_id
        and grain.role = seats.role
        and grain.period_type = seats.period_type
        and grain.period_start = seats.period_start
    left join {{ ref('int_reporting_lines') }} as reports
        on grain.role = 'all'
        and grain.org_unit_id = reports.org_unit_id
        and grain.period_type = reports.period_type
        and grain.period_start = reports.period_start

),

final as (

    select
        joined.org_unit_id,
        units.org_level,
        units.is_leaf,
        joined.role,
        joined.period_type,
        joined.period_start,
        periods.period_label,
        periods.period_state,
        cast(joined.planned_count as bigint) as planned_count,
        cast(joined.stated_count as bigint) as stated_count,
        cast(joined.filled_count as bigint) as filled_count,
        cast(joined.opening_count as bigint) as opening_count,
        cast(joined.joiner_count as bigint) as joiner_count,
        cast(joined.leaver_count as bigint) as leaver_count,
        cast(joined.moved_in_count as bigint) as moved_in_count,
        cast(joined.moved_out_count as bigint) as moved_out_count,
        cast(joined.actual_count as bigint) as actual_count,
        cast(joined.vacancy_days as bigint) as vacancy_days,
        {{ rate('joined.filled_count', 'joined.planned_count') }} as fill_rate,
        cast((joined.opening_count + joined.actual_count) / 2.0 as decimal(18, 2)) as average_headcount,
        {{ rate('2 * joined.leaver_count', 'joined.opening_count + joined.actual_count') }} as turnover_rate,
        cast(joined.report_count as bigint) as report_count,
        cast(joined.manager_count as bigint) as manager_count,
        cast({{ rate('joined.report_count', 'joined.manager_count') }} as decimal(18, 2)) as span_of_control,
        {{ money('joined.quota_capacity_amount') }} as quota_capacity_amount
    from joined
    inner join {{ ref('dim_org_unit') }} as units
        on joined.org_unit_id = units.org_unit_id
    inner join periods
        on joined.period_type = periods.period_type
        and joined.period_start = periods.period_start

)

select * from final
