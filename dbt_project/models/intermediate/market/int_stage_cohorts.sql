with periods as (

    select period_type, period_start, cutoff
    from {{ ref('dim_period') }}
    where has_begun

),

cohorts as (

    select
        closure.ancestor_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        days.stage,
        opportunities.amount,
        days.visit_count = 0 as is_filled,
        days.advanced_on is not null as is_advanced,
        opportunities.status
    from {{ ref('int_opportunity_stage_days') }} as days
    inner join {{ ref('int_opportunities') }} as opportunities
        on days.opportunity_id = opportunities.opportunity_id
        and opportunities.status in ('open', 'won', 'lost')
    inner join periods
        on days.reached_on >= periods.period_start
        and days.reached_on < periods.cutoff
    {{ join_units_above('opportunities') }}

),

counted as (

    select
        org_unit_id,
        period_type,
        period_start,
        stage,
        count(*) as entered_count,
        sum(coalesce(amount, 0)) as entered_amount,
        sum(case when is_filled then 1 else 0 end) as filled_count,
        sum(case when is_advanced then 1 else 0 end) as advanced_count,
        sum(case when not is_advanced and status = 'lost' then 1 else 0 end) as dropped_count,
        sum(case when not is_advanced and status = 'open' then 1 else 0 end) as waiting_count,
        sum(case when status = 'won' then 1 else 0 end) as cohort_won_count,
        sum(case when status = 'lost' then 1 else 0 end) as cohort_lost_count,
        sum(case when status = 'open' then 1 else 0 end) as cohort_open_count
    from cohorts
    group by org_unit_id, period_type, period_start, stage

)

select * from counted
