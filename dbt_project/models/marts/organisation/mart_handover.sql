with handovers as (

    select * from {{ ref('int_handovers') }}

),

both_kinds as (

    select *, interface as seam from handovers
    union all
    select *, 'all' as seam from handovers

),

periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

sums as (

    select
        closure.ancestor_id as org_unit_id,
        both_kinds.seam as interface,
        periods.period_type,
        periods.period_start,
        count(*) as requested_count,
        count(case when both_kinds.state = 'accepted' then 1 end) as accepted_count,
        count(case when both_kinds.state = 'rejected' then 1 end) as rejected_count,
        count(case when both_kinds.state = 'waiting' then 1 end) as waiting_count,
        sum(case when both_kinds.state <> 'waiting' then both_kinds.answer_days end) as answer_days,
        count(case when both_kinds.is_overdue then 1 end) as overdue_count,
        count(case when both_kinds.is_overdue and both_kinds.state = 'waiting' then 1 end) as waiting_overdue_count
    from both_kinds
    inner join {{ ref('dim_org_unit_closure') }} as closure
        on both_kinds.org_unit_id = closure.descendant_id
        and both_kinds.unit_since >= closure.valid_from
        and both_kinds.unit_since < closure.valid_to
    inner join periods
        on both_kinds.requested_on >= periods.period_start
        and both_kinds.requested_on < periods.period_end
    group by closure.ancestor_id, both_kinds.seam, periods.period_type, periods.period_start

),

-- The company has a row in every period: nothing handed over is zero, not unknown.
grain as (

    select org_unit_id, interface, period_type, period_start from sums
    union
    select units.org_unit_id, 'all', periods.period_type, periods.period_start
    from {{ ref('dim_org_unit') }} as units
    cross join periods
    where exists (select 1 from handovers)

),

final as (

    select
        grain.org_unit_id,
        units.org_level,
        units.is_leaf,
        grain.interface,
        grain.period_type,
        grain.period_start,
        periods.period_label,
        periods.period_state,
        coalesce(sums.requested_count, 0) as requested_count,
        coalesce(sums.accepted_count, 0) as accepted_count,
        coalesce(sums.rejected_count, 0) as rejected_count,
        coalesce(sums.waiting_count, 0) as waiting_count,
        coalesce(sums.overdue_count, 0) as overdue_count,
        coalesce(sums.waiting_overdue_count, 0) as waiting_overdue_count,
        cast(sums.answer_days as bigint) as answer_days,
        cast({{ rate('sums.answer_days', 'sums.accepted_count + sums.rejected_count') }} as decimal(18, 2)) as average_answer_days,
        {{ rate('sums.rejected_count', 'sums.accepted_count + sums.rejected_count') }} as reject_rate,
        {{ rate('sums.overdue_count', 'sums.requested_count') }} as overdue_rate
    from grain
    left join sums
        on grain.org_unit_id = sums.org_unit_id
        and grain.interface = sums.interface
        and grain.period_type = sums.period_type
        and grain.period_start = sums.period_start
    inner join {{ ref('dim_org_unit') }} as units
        on grain.org_unit_id = units.org_unit_id
    inner join periods
        on grain.period_type = periods.period_type
        and grain.period_start = periods.period_start

)

select * from final
