with process as (

    select * from {{ source('rulebook', 'process') }} as process
    where {{ in_force('process', as_of()) }}

),

current_versions as (

    select opportunity_id, employee_id, next_step, next_step_on
    from {{ ref('int_opportunity_versions') }}
    qualify row_number() over (partition by opportunity_id order by version_number desc) = 1

),

pushes as (

    select opportunity_id, count(*) as push_count
    from {{ ref('int_opportunity_steps') }}
    where to_status = 'open'
        and to_expected_close_on > from_expected_close_on
    group by opportunity_id

),

activities as (

    select opportunity_id, max(activity_on) as last_activity_on, max(next_on) as next_on
    from {{ ref('int_opportunity_activities') }}
    group by opportunity_id

),

-- What nobody in the company records says nothing about one opportunity.
supplied as (

    select
        exists (select 1 from {{ ref('stg_activities') }}) as has_activities,
        exists (select 1 from current_versions where next_step is not null or next_step_on is not null)
        or exists (select 1 from {{ ref('stg_activities') }} where next_on is not null) as has_next_steps

),

advanced as (

    select
        days.stage,
        percentile_cont(0.75) within group (order by days.stage_days) as p75_days,
        count(*) as advanced_count
    from {{ ref('int_opportunity_stage_days') }} as days
    where days.advanced_on is not null
        and days.visit_count > 0
    group by days.stage

),

open_ones as (

    select
        opportunities.*,
        current_versions.employee_id as owner_employee_id,
        current_versions.next_step,
        coalesce(current_versions.next_step_on, activities.next_on) as next_step_on,
        stages.max_days as stage_limit_days,
        days.stage_days,
        days.visit_count,
        case when advanced.advanced_count >= process.minimum_sample then advanced.p75_days end as stage_p75_days,
        coalesce(pushes.push_count, 0) as push_count,
        activities.last_activity_on,
        {{ dbt.datediff('coalesce(activities.last_activity_on, opportunities.created_on)', as_of(), 'day') }} as inactive_days,
        {{ dbt.datediff('opportunities.expected_close_on', as_of(), 'day') }} as overdue_days,
        row_number() over (order by opportunities.amount desc nulls last, opportunities.opportunity_id) as size_rank,
        count(opportunities.amount) over () as sized_count,
        supplied.has_activities,
        supplied.has_next_steps,
        process.no_activity_days,
        process.push_limit,
        process.overdue_days as overdue_limit_days,
        process.large_share
    from {{ ref('int_opportunities') }} as opportunities
    inner join current_versions
        on opportunities.opportunity_id = current_versions.opportunity_id
    cross join supplied
    left join process
        on true
    left join {{ ref('int_process_stages') }} as stages
        on opportunities.stage = stages.stage
    left join {{ ref('int_opportunity_stage_days') }} as days
        on opportunities.opportunity_id = days.opportunity_id
        and opportunities.stage = days.stage
    left join advanced
        on opportunities.stage = advanced.stage
    left join pushes
        on opportunities.opportunity_id = pushes.opportunity_id
    left join activities
        on opportunities.opportunity_id = activities.opportunity_id
    where opportunities.status = 'open'

)

select
    *,
    coalesce(stage_days > coalesce(stage_limit_days, stage_p75_days), false) as is_stage_age,
    coalesce(has_activities and inactive_days >= no_activity_days, false) as is_no_activity,
    coalesce(push_count >= push_limit, false) as is_pushed,
    coalesce(overdue_days > overdue_limit_days, false) as is_overdue_close,
    has_next_steps and coalesce(next_step_on < {{ as_of() }}, next_step is null) as is_no_next_step,
    coalesce(amount > 0 and size_rank <= floor(sized_count * large_share), false) as is_large
from open_ones
