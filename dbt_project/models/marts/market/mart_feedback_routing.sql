with departments as (

    select *, department as answering
    from {{ ref('int_feedback_by_period') }}
    union all
    select *, 'all' as answering
    from {{ ref('int_feedback_by_period') }}

),

sums as (

    {{ feedback_side_by_side('departments', ['answering']) }}

),

final as (

    select
        sums.org_unit_id,
        units.org_level,
        units.is_leaf,
        sums.period_type,
        sums.period_start,
        periods.period_label,
        periods.period_state,
        sums.answering as department,
        {{ feedback_columns('sums', 'periods') }},
        {{ rate('sums.prior_closed_count', 'sums.prior_mention_count') }} as prior_closed_loop_rate
    from sums
    inner join {{ ref('dim_org_unit') }} as units
        on sums.org_unit_id = units.org_unit_id
    inner join {{ ref('dim_period') }} as periods
        on sums.period_type = periods.period_type
        and sums.period_start = periods.period_start

)

select * from final
