{% set percent = 'cast(cast(round(100 * {}) as integer) as varchar)' %}
with targets as (

    select * from {{ ref('int_targets') }}

),

owners as (

    select 'employee' as owner_kind, employee_id as owner_id from {{ ref('dim_employee') }}
    union all
    select 'org_unit', org_unit_id from {{ ref('dim_org_unit') }}
    union all
    select 'territory', territory_id from {{ ref('dim_territory') }}
    union all
    select 'customer', customer_id from {{ ref('dim_customer') }}
    union all
    select distinct 'product_line', product_line from {{ ref('dim_product') }}
    where product_line is not null

),

-- The parent's own target, or the company's, for the same metric and at least a part of the time.
goals as (

    select distinct targets.target_id
    from targets
    left join {{ ref('int_target_parents') }} as parents
        on targets.target_id = parents.target_id
    inner join targets as goals
        on targets.metric = goals.metric
        and targets.period_start < goals.period_end
        and targets.period_end > goals.period_start
        and targets.target_id <> goals.target_id
        and (parents.parent_kind = goals.owner_kind and parents.parent_id = goals.owner_id
            or targets.parent_owner_id is null and goals.level = 'company')

),

judged as (

    select
        {{ target_columns('targets') }},
        targets.target_value,
        targets.basis,
        owners.owner_id is not null as has_owner,
        metrics.unit as metric_unit,
        levels.metric is not null as is_allowed,
        attainment.last_year_value,
        {{ rate('targets.target_value', 'attainment.last_year_value') }} as of_last_year_rate,
        judged_periods.period_type is not null as is_judged,
        policy.least_of_last_year_rate,
        policy.most_of_last_year_rate,
        policy.above_proposal_rate,
        submissions.proposed_value,
        {{ rate('targets.target_value - submissions.proposed_value', 'submissions.proposed_value') }} as above_rate,
        goals.target_id is not null as has_goal,
        years.year_end is not null as is_within_a_year
    from targets
    left join owners
        on targets.owner_kind = owners.owner_kind
        and targets.owner_id = owners.owner_id
    left join {{ ref('dim_metric') }} as metrics
        on targets.metric = metrics.metric_id
    left join {{ source('rulebook', 'target_levels') }} as levels
        on targets.level = levels.level
        and targets.metric = levels.metric
        and {{ in_force('levels', 'targets.period_start') }}
    left join {{ source('rulebook', 'target_policy') }} as policy
        on {{ in_force('policy', 'targets.period_start') }}
    left join {{ source('rulebook', 'target_judged_periods') }} as judged_periods
        on targets.period_type = judged_periods.period_type
        and {{ in_force('judged_periods', 'targets.period_start') }}
    left join {{ ref('int_target_actuals') }} as attainment
        on targets.target_id = attainment.target_id
    left join {{ ref('int_target_proposals') }} as submissions
        on targets.target_id = submissions.target_id
    left join goals
        on targets.target_id = goals.target_id
    left join (select distinct ytd_start as year_start, year_end from {{ ref('dim_period') }} where period_type = 'year') as years
        on targets.period_start >= years.year_start
        and targets.period_end <= years.year_end

),

-- A month is a part of something longer: it may be zero, and needs no basis of its own.
flagged as (

    select
        *,
        has_owner as is_specific,
        metric_unit is not null and is_allowed and unit is not null and (target_value > 0 or not is_judged) as is_measurable,
        case
            when above_rate > above_proposal_rate then false
            when is_judged and of_last_year_rate is not null
                then of_last_year_rate between least_of_last_year_rate and most_of_last_year_rate
            when above_rate is not null then true
        end as is_achievable,
        has_goal or level = 'company' and (basis is not null or not is_judged) as is_relevant,
        is_within_a_year as is_time_bound
    from judged

),

final as (

    select
        {{ target_columns('flagged') }},
        {{ target_number('target_value') }} as target_value,
        is_specific,
        is_measurable,
        is_achievable,
        is_relevant,
        is_time_bound,
        cast((case when is_specific then 0 else 1 end) + (case when is_measurable then 0 else 1 end)
            + (case when coalesce(is_achievable, true) then 0 else 1 end) + (case when is_relevant then 0 else 1 end)
            + (case when is_time_bound then 0 else 1 end) as integer) as failed_count,
        {{ target_number('last_year_value') }} as last_year_value,
        of_last_year_rate,
        {{ target_number('proposed_value') }} as proposed_value,
        above_rate as above_proposal_rate,
        case when not is_specific then '对象不在花名册或组织中' end as specific_reason_zh,
        case when not is_specific then 'The owner is not known' end as specific_reason_en,
        case
            when metric_unit is null then '指标不在指标字典中'
            when not is_allowed then '制度不允许该层级设此指标'
            when is_judged and not target_value > 0 then '目标值不大于零'
            when unit is null then '未写单位'
        end as measurable_reason_zh,
        case
            when metric_unit is null then 'The metric is not in the dictionary'
            when not is_allowed then 'The rulebook knows no such target at this level'
            when is_judged and not target_value > 0 then 'The target is not above zero'
            when unit is null then 'No unit is stated'
        end as measurable_reason_en,
        case
            when above_rate > above_proposal_rate then '高出申报 ' || {{ percent.format('above_rate') }} || '%'
            when is_judged and of_last_year_rate is null then '没有上年实际可比'
            when not is_judged and above_rate is null then '期间太短，不与上年比'
            when not is_achievable then '为上年实际的 ' || {{ percent.format('of_last_year_rate') }} || '%'
        end as achievable_reason_zh,
        case
            when above_rate > above_proposal_rate then {{ percent.format('above_rate') }} || '% above the proposal'
            when is_judged and of_last_year_rate is null then 'Nothing last year to compare with'
            when not is_judged and above_rate is null then 'Period too short to compare with last year'
            when not is_achievable then {{ percent.format('of_last_year_rate') }} || '% of last year'
        end as achievable_reason_en,
        case
            when not is_relevant and level = 'company' then '公司目标未写依据'
            when not is_relevant then '上级没有同一指标的目标'
        end as relevant_reason_zh,
        case
            when not is_relevant and level = 'company' then 'The company''s target states no basis'
            when not is_relevant then 'No target above it for the same metric'
        end as relevant_reason_en,
        case when not is_time_bound then '起止日期不在同一年度内' end as time_reason_zh,
        case when not is_time_bound then 'Begin and end do not lie within one year' end as time_reason_en
    from flagged

)

select * from final
