with periods as (

    select
        period_type,
        period_start,
        period_label,
        period_state,
        cutoff,
        cast({{ dbt.dateadd('month', -12, 'cutoff') }} as date) as trailing_start
    from {{ ref('dim_period') }}
    where has_begun
        and period_type <> 'week'

),

exits as (

    select 'unit' as group_kind, closure.ancestor_id as group_id, exits.*
    from {{ ref('int_stage_exits') }} as exits
    {{ join_units_above('exits') }}
    union all
    select 'employee', employee_id, exits.*
    from {{ ref('int_stage_exits') }} as exits
    where employee_id is not null
    union all
    select 'segment', segment, exits.*
    from {{ ref('int_stage_exits') }} as exits

),

by_day as (

    select
        group_kind,
        group_id,
        stage,
        exited_on,
        count(*) as exited_count,
        sum(case when is_forward then 1 else 0 end) as forward_count,
        sum(case when is_lost then 1 else 0 end) as lost_count,
        sum(lost_amount) as lost_amount,
        sum(visit_days) as visit_days
    from exits
    group by group_kind, group_id, stage, exited_on

),

sums as (

    select
        by_day.group_kind,
        by_day.group_id,
        periods.period_type,
        periods.period_start,
        periods.period_label,
        periods.period_state,
        max(periods.cutoff) as cutoff,
        by_day.stage,
        sum(exited_count) as exited_count,
        sum(forward_count) as forward_count,
        sum(lost_count) as lost_count,
        sum(lost_amount) as lost_amount,
        sum(visit_days) as visit_days
    from by_day
    inner join periods
        on by_day.exited_on >= periods.trailing_start
        and by_day.exited_on < periods.cutoff
    group by by_day.group_kind, by_day.group_id, periods.period_type, periods.period_start, periods.period_label,
        periods.period_state, by_day.stage

),

measured as (

    select
        sums.*,
        stages.stage_order,
        stages.name_zh as stage_name_zh,
        stages.name_en as stage_name_en,
        coalesce(sums.exited_count >= process.minimum_sample, false) as is_sampled,
        {{ rate('sums.forward_count', 'sums.exited_count') }} as conversion_rate,
        {{ days('sums.visit_days / nullif(sums.exited_count, 0)') }} as mean_days,
        -- Lost value times the days that deals spend in the stage: what a shorter, surer stage would be worth.
        cast(sums.lost_amount * sums.visit_days / nullif(sums.exited_count, 0) as decimal(18, 2)) as lost_amount_days,
        {{ rate('whole.forward_count', 'whole.exited_count') }} as company_conversion_rate
    from sums
    inner join {{ ref('int_process_stages') }} as stages
        on sums.stage = stages.stage
    inner join {{ ref('dim_org_unit') }} as roots
        on roots.parent_org_unit_id is null
    left join sums as whole
        on whole.group_kind = 'unit'
        and whole.group_id = roots.org_unit_id
        and whole.period_type = sums.period_type
        and whole.period_start = sums.period_start
        and whole.stage = sums.stage
    left join {{ source('rulebook', 'process') }} as process
        on {{ in_force('process', day_before('sums.cutoff')) }}

),

ranked as (

    select
        *,
        {% for name, order in [
            ('most_effective', 'conversion_rate desc, stage_order'),
            ('least_effective', 'conversion_rate, stage_order'),
            ('bottleneck', 'lost_amount_days desc, stage_order'),
        ] %}
        row_number() over (
            partition by group_kind, group_id, period_type, period_start, is_sampled order by {{ order }}
        ) as {{ name }}_rank,
        {% endfor %}
        count(*) over (partition by group_kind, group_id, period_type, period_start, is_sampled) as compared_count
    from measured

)

select
    group_kind,
    group_id,
    period_type,
    period_start,
    period_label,
    period_state,
    stage,
    cast(stage_order as integer) as stage_order,
    stage_name_zh,
    stage_name_en,
    cast(exited_count as bigint) as exited_count,
    cast(forward_count as bigint) as forward_count,
    cast(lost_count as bigint) as lost_count,
    conversion_rate,
    company_conversion_rate,
    case when is_sampled then cast(conversion_rate - company_conversion_rate as decimal(18, 6)) end as lift_points,
    mean_days,
    {{ money('lost_amount') }} as lost_amount,
    lost_amount_days,
    is_sampled,
    is_sampled and compared_count > 1 and most_effective_rank = 1 as is_most_effective,
    is_sampled and compared_count > 1 and least_effective_rank = 1 as is_least_effective,
    is_sampled and lost_amount_days > 0 and bottleneck_rank = 1 as is_bottleneck
from ranked
