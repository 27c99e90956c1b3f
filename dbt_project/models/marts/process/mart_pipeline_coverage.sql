with periods as (

    select
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.cutoff,
        next_ones.period_end as next_end
    from {{ ref('dim_period') }} as periods
    left join {{ ref('dim_period') }} as next_ones
        on periods.period_type = next_ones.period_type
        and periods.period_end = next_ones.period_start
    where periods.has_begun

),

probabilities as (

    select
        probabilities.*,
        case when decided_count >= process.minimum_sample then measured_rate else stated_rate end as probability,
        case when decided_count >= process.minimum_sample then 1 else 0 end as is_measured
    from {{ ref('int_stage_probabilities') }} as probabilities
    left join {{ source('rulebook', 'process') }} as process
        on {{ in_force('process', as_of()) }}

),

standing as (

    select
        closure.ancestor_id as org_unit_id,
        periods.period_type,
        periods.period_start,
        coalesce(steps.to_amount, 0) as amount,
        coalesce(steps.to_expected_close_on < periods.cutoff, false) as is_overdue,
        coalesce(steps.to_expected_close_on < periods.period_end, false) as is_due,
        coalesce(
            steps.to_expected_close_on >= periods.period_end and steps.to_expected_close_on < periods.next_end, false
        ) as is_next,
        probabilities.probability,
        probabilities.is_measured
    from periods
    inner join {{ ref('int_opportunity_steps') }} as steps
        on {{ stands_before('steps', 'periods.cutoff') }}
        and steps.to_status = 'open'
    inner join {{ ref('int_opportunities') }} as opportunities
        on steps.opportunity_id = opportunities.opportunity_id
    {{ join_units_above('opportunities') }}
    left join probabilities
        on steps.to_stage = probabilities.stage
        and periods.period_type = probabilities.period_type
        and periods.period_start = probabilities.period_start

),

sums as (

    select
        org_unit_id,
        period_type,
        period_start,
        count(*) as open_count,
        sum(amount) as open_amount,
        sum(case when is_due and not is_overdue then amount else 0 end) as due_amount,
        sum(case when is_due and not is_overdue then 1 else 0 end) as due_count,
        sum(case when is_next then amount else 0 end) as next_due_amount,
        sum(case when is_overdue then amount else 0 end) as overdue_amount,
        sum(case when is_overdue then 1 else 0 end) as overdue_count,
        sum(amount * probability) as weighted_amount,
        sum(case when probability is null then 1 else 0 end) as without_probability_count,
        sum(is_measured) as measured_count
    from standing
    group by org_unit_id, period_type, period_start

),

joined as (

    select
        spine.*,
        cast(coalesce(sums.open_count, 0) as bigint) as open_count,
        {% for name in ['open', 'due', 'next_due', 'overdue', 'weighted'] %}
        {{ money('coalesce(sums.' ~ name ~ '_amount, 0)') }} as {{ name }}_amount,
        {% endfor %}
        cast(coalesce(sums.due_count, 0) as bigint) as due_count,
        cast(coalesce(sums.overdue_count, 0) as bigint) as overdue_count,
        cast(coalesce(sums.measured_count, 0) as bigint) as measured_count,
        cast(coalesce(sums.without_probability_count, 0) as bigint) as without_probability_count,
        targets.target_sales_amount as target_amount,
        next_targets.target_sales_amount as next_target_amount,
        wins.won_amount,
        closings.won_amount as trailing_won_amount,
        closings.lost_amount as trailing_lost_amount
    from ({{ units_by_period(ref('int_opportunities')) }}) as spine
    inner join {{ ref('mart_win_rate') }} as wins
        on spine.org_unit_id = wins.org_unit_id
        and spine.period_type = wins.period_type
        and spine.period_start = wins.period_start
    left join sums
        on spine.org_unit_id = sums.org_unit_id
        and spine.period_type = sums.period_type
        and spine.period_start = sums.period_start
    inner join periods
        on spine.period_type = periods.period_type
        and spine.period_start = periods.period_start
    {% for alias, start in [('targets', 'period_start'), ('next_targets', 'period_end')] %}
    left join {{ ref('int_targets_by_period') }} as {{ alias }}
        on {{ alias }}.owner_kind = 'org_unit'
        and spine.org_unit_id = {{ alias }}.owner_id
        and spine.period_type = {{ alias }}.period_type
        and periods.{{ start }} = {{ alias }}.period_start
    {% endfor %}
    left join {{ ref('int_closings_by_period') }} as closings
        on spine.org_unit_id = closings.org_unit_id
        and spine.period_type = closings.period_type
        and spine.period_start = closings.period_start
        and closings.prefix = 'trailing_'

),

final as (

    select
        org_unit_id, org_level, is_leaf, period_type, period_start, period_label, period_state,
        open_count,
        open_amount,
        due_count,
        due_amount,
        overdue_count,
        overdue_amount,
        weighted_amount,
        measured_count,
        without_probability_count,
        target_amount,
        won_amount,
        {{ money('target_amount - won_amount') }} as remaining_amount,
        case
            when target_amount is null then 'no_target'
            when target_amount <= won_amount then 'covered'
            else 'to_win'
        end as coverage_state,
        case when target_amount > won_amount then {{ rate('due_amount', 'target_amount - won_amount') }} end as coverage_rate,
        {{ rate('due_amount', 'target_amount') }} as full_coverage_rate,
        next_due_amount,
        next_target_amount,
        {{ rate('next_due_amount', 'next_target_amount') }} as next_coverage_rate,
        {{ rate('trailing_won_amount + trailing_lost_amount', 'trailing_won_amount') }} as required_coverage_rate
    from joined

)

select * from final
