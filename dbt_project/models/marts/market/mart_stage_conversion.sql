{% set counts = {
    'cohorts': ['filled', 'advanced', 'dropped', 'waiting', 'cohort_won', 'cohort_lost', 'cohort_open'],
    'moves': ['exited', 'exited_forward', 'opening', 'opening_advanced'],
} %}
with spine as (

    select
        spine.*,
        stages.stage,
        stages.stage_order,
        stages.name_zh as stage_name_zh,
        stages.name_en as stage_name_en,
        stages.next_stage
    from ({{ units_by_period(ref('int_opportunities')) }}) as spine
    cross join {{ ref('int_process_stages') }} as stages
    where stages.next_stage is not null

),

joined as (

    select
        spine.*,
        cast(coalesce(cohorts.entered_count, 0) as bigint) as entered_count,
        {{ money('coalesce(cohorts.entered_amount, 0)') }} as entered_amount,
        {% for relation, names in counts.items() %}
        {% for name in names %}
        cast(coalesce({{ relation }}.{{ name }}_count, 0) as bigint) as {{ name }}_count,
        {% endfor %}
        {% endfor %}
        cast(coalesce(days.left_count, 0) as bigint) as left_count,
        days.mean_days,
        days.median_days,
        days.p75_days
    from spine
    {% for relation, model in [('cohorts', 'int_stage_cohorts'), ('moves', 'int_stage_moves'), ('days', 'int_stage_days_by_period')] %}
    left join {{ ref(model) }} as {{ relation }}
        on spine.org_unit_id = {{ relation }}.org_unit_id
        and spine.period_type = {{ relation }}.period_type
        and spine.period_start = {{ relation }}.period_start
        and spine.stage = {{ relation }}.stage
    {% endfor %}

),

final as (

    select
        org_unit_id, org_level, is_leaf, period_type, period_start, period_label, period_state,
        stage, stage_order, stage_name_zh, stage_name_en, next_stage,
        entered_count,
        entered_amount,
        filled_count,
        advanced_count,
        dropped_count,
        waiting_count,
        {{ rate('advanced_count', 'entered_count') }} as entry_cohort_rate,
        {{ rate('advanced_count + dropped_count', 'entered_count') }} as decided_rate,
        {{ is_mature('advanced_count + dropped_count', 'entered_count') }} as is_mature,
        cohort_won_count,
        cohort_lost_count,
        cohort_open_count,
        {{ rate('cohort_won_count', 'entered_count') }} as cohort_win_rate,
        exited_count,
        exited_forward_count,
        {{ rate('exited_forward_count', 'exited_count') }} as in_period_rate,
        opening_count,
        opening_advanced_count,
        {{ rate('opening_advanced_count', 'opening_count') }} as snapshot_rate,
        left_count,
        mean_days,
        median_days,
        p75_days
    from joined

)

select * from final
