with periods as (

    select
        period_type,
        period_start,
        cutoff,
        cast({{ dbt.dateadd('month', -12, 'cutoff') }} as date) as trailing_start
    from {{ ref('dim_period') }}
    where has_begun

),

decided as (

    select days.stage, closed.closed_on, count(*) as decided_count,
        sum(case when closed.status = 'won' then 1 else 0 end) as won_count
    from {{ ref('int_opportunity_stage_days') }} as days
    inner join {{ ref('int_closed_opportunities') }} as closed
        on days.opportunity_id = closed.opportunity_id
        and closed.status in ('won', 'lost')
    group by days.stage, closed.closed_on

),

stages as (

    select stage, probability, stage_order
    from {{ ref('int_process_stages') }}
    where status = 'open'

)

select
    periods.period_type,
    periods.period_start,
    stages.stage,
    stages.probability as stated_rate,
    coalesce(sum(decided.decided_count), 0) as decided_count,
    coalesce(sum(decided.won_count), 0) as won_count,
    {{ rate('sum(decided.won_count)', 'sum(decided.decided_count)') }} as measured_rate
from periods
cross join stages
left join decided
    on stages.stage = decided.stage
    and decided.closed_on >= periods.trailing_start
    and decided.closed_on < periods.cutoff
group by periods.period_type, periods.period_start, stages.stage, stages.probability
