with sums as (

    {{ feedback_side_by_side(ref('int_feedback_by_period'), ['kind', 'theme', 'competitor_id', 'segment']) }}

),

first_days as (

    select kind, theme, min(received_on) as first_day
    from {{ ref('int_feedback') }}
    group by kind, theme

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
        sums.kind,
        sums.theme,
        sums.competitor_id,
        sums.segment,
        first_days.first_day >= sums.period_start and register.first_day < sums.period_start as is_new_theme,
        {{ feedback_columns('sums', 'periods') }}
    from sums
    inner join {{ ref('dim_org_unit') }} as units
        on sums.org_unit_id = units.org_unit_id
    inner join {{ ref('dim_period') }} as periods
        on sums.period_type = periods.period_type
        and sums.period_start = periods.period_start
    inner join first_days
        on sums.kind = first_days.kind
        and sums.theme = first_days.theme
    cross join (select min(first_day) as first_day from first_days) as register

)

select * from final
