with periods as (

    select period_type, period_start, cutoff
    from {{ ref('dim_period') }}
    where has_begun

),

lefts as (

    select
        closure.ancestor_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        days.stage,
        days.stage_days,
        case when days.advanced_on is not null then days.stage_days end as advanced_days
    from {{ ref('int_opportunity_stage_days') }} as days
    inner join {{ ref('int_opportunities') }} as opportunities
        on days.opportunity_id = opportunities.opportunity_id
        and opportunities.status in ('open', 'won', 'lost')
    inner join periods
        on days.left_on >= periods.period_start
        and days.left_on < periods.cutoff
    {{ join_units_above('opportunities') }}

),

measured as (

    select
        org_unit_id,
        period_type,
        period_start,
        stage,
        count(*) as left_count,
        {{ days('avg(stage_days)') }} as mean_days,
        {{ days('percentile_cont(0.5) within group (order by stage_days)') }} as median_days,
        {{ days('percentile_cont(0.75) within group (order by advanced_days)') }} as p75_days
    from lefts
    group by org_unit_id, period_type, period_start, stage

)

select * from measured
