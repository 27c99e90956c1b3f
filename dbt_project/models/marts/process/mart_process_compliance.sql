with periods as (

    select period_type, period_start, cutoff
    from {{ ref('dim_period') }}
    where has_begun

),

judged as (

    select
        opportunity_id,
        stage,
        count(*) as evidence_count,
        sum(case when is_proven then 1 else 0 end) as proven_count
    from {{ ref('int_step_evidence') }}
    group by opportunity_id, stage

),

events as (

    select
        steps.org_unit_id,
        steps.owned_on,
        steps.stage,
        steps.passed_on as happened_on,
        1 as passed,
        case when judged.evidence_count > 0 then 1 else 0 end as judged,
        case when judged.proven_count = judged.evidence_count then 1 else 0 end as complete,
        coalesce(judged.evidence_count, 0) as evidence,
        coalesce(judged.proven_count, 0) as proven,
        case when steps.is_skipped then 1 else 0 end as skipped,
        case when steps.is_before_creation then 1 else 0 end as created_later,
        0 as back_step,
        0 as out_of_order
    from {{ ref('int_steps_passed') }} as steps
    left join judged
        on steps.opportunity_id = judged.opportunity_id
        and steps.stage = judged.stage
    union all
    select org_unit_id, owned_on, stage, changed_on, 0, 0, 0, 0, 0, 0, 0, 1, case when is_out_of_order then 1 else 0 end
    from {{ ref('int_steps_back') }}

),

{% set counts = ['passed', 'judged', 'complete', 'evidence', 'proven', 'skipped', 'created_later', 'back_step', 'out_of_order'] %}
by_stage as (

    select
        closure.ancestor_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        events.stage,
        {% for name in counts %}
        sum({{ name }}) as {{ name }}_count{{ ',' if not loop.last }}
        {% endfor %}
    from events
    inner join periods
        on events.happened_on >= periods.period_start
        and events.happened_on < periods.cutoff
    {{ join_units_above('events') }}
    group by closure.ancestor_id, periods.period_type, periods.period_start, events.stage

),

sums as (

    select * from by_stage
    union all
    select org_unit_id, period_type, period_start, 'all', {% for name in counts %}sum({{ name }}_count){{ ', ' if not loop.last }}{% endfor %}
    from by_stage
    group by org_unit_id, period_type, period_start

),

stages as (

    select stage, stage_order, name_zh, name_en
    from {{ ref('int_process_stages') }}
    where next_stage is not null
    union all
    select 'all', 0, '全部', 'All'

),

spine as (

    select spine.*, stages.stage, stages.stage_order, stages.name_zh as stage_name_zh, stages.name_en as stage_name_en
    from ({{ units_by_period(ref('int_opportunities')) }}) as spine
    cross join stages

),

final as (

    select
        spine.*,
        {% for name in counts %}
        cast(coalesce(sums.{{ name }}_count, 0) as bigint) as {{ name }}_count,
        {% endfor %}
        {{ rate('sums.complete_count', 'sums.judged_count') }} as compliance_rate,
        {{ rate('sums.proven_count', 'sums.evidence_count') }} as evidence_rate
    from spine
    left join sums
        on spine.org_unit_id = sums.org_unit_id
        and spine.period_type = sums.period_type
        and spine.period_start = sums.period_start
        and spine.stage = sums.stage

)

select * from final
