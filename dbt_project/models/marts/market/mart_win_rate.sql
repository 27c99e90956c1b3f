{% set counts = ['won_count', 'lost_count', 'excluded_count', 'lost_without_amount_count', 'negative_cycle_count'] %}
with spine as (

    select
        spine.*,
        periods.prior_start,
        periods.prior_year_start
    from ({{ units_by_period(ref('int_opportunities')) }}) as spine
    inner join {{ ref('dim_period') }} as periods
        on spine.period_type = periods.period_type
        and spine.period_start = periods.period_start

),

joined as (

    select
        spine.*,
        {% for name in counts %}
        cast(coalesce(now.{{ name }}, 0) as bigint) as {{ name }},
        {% endfor %}
        {% for name in ['won_amount', 'lost_amount'] %}
        {{ money('coalesce(now.' ~ name ~ ', 0)') }} as {{ name }},
        {% endfor %}
        {% for prefix in ['prior', 'prior_year'] %}
        {% for name in ['won_count', 'lost_count'] %}
        case when spine.{{ prefix }}_start is not null then cast(coalesce({{ prefix }}.{{ name }}, 0) as bigint) end
            as {{ prefix }}_{{ name }},
        {% endfor %}
        {% endfor %}
        {% for name in ['created_count', 'created_won_count', 'created_lost_count', 'created_open_count'] %}
        cast(coalesce(cohorts.{{ name }}, 0) as bigint) as {{ name }},
        {% endfor %}
        {{ days('now.won_cycle_days / nullif(now.won_cycle_count, 0)') }} as won_cycle_mean_days,
        {% for name in ['won_cycle_median_days', 'won_cycle_p90_days', 'lost_cycle_median_days'] %}
        {{ days('now.' ~ name) }} as {{ name }},
        {% endfor %}
        pipeline.closing_count as open_count,
        cast(coalesce(twelve_months.won_count, 0) as bigint) as trailing_won_count,
        cast(coalesce(twelve_months.lost_count, 0) as bigint) as trailing_lost_count,
        {{ money('coalesce(twelve_months.won_amount, 0)') }} as trailing_won_amount,
        {{ days('twelve_months.won_cycle_days / nullif(twelve_months.won_cycle_count, 0)') }} as trailing_cycle_days,
        -- The product of the three rates, in one division: mean won amount × win rate is won amount ÷ closed.
        {{ money('cast(pipeline.closing_count * twelve_months.won_amount * twelve_months.won_cycle_count as decimal(28, 4))
            / nullif((twelve_months.won_count + twelve_months.lost_count) * twelve_months.won_cycle_days, 0)') }} as velocity_amount
    from spine
    inner join {{ ref('mart_pipeline_movement') }} as pipeline
        on spine.org_unit_id = pipeline.org_unit_id
        and spine.period_type = pipeline.period_type
        and spine.period_start = pipeline.period_start
        and pipeline.scope = 'all'
    {% for alias, prefix in [('now', ''), ('prior', 'prior_'), ('prior_year', 'prior_year_'), ('twelve_months', 'trailing_')] %}
    left join {{ ref('int_closings_by_period') }} as {{ alias }}
        on spine.org_unit_id = {{ alias }}.org_unit_id
        and spine.period_type = {{ alias }}.period_type
        and spine.period_start = {{ alias }}.period_start
        and {{ alias }}.prefix = '{{ prefix }}'
    {% endfor %}
    left join {{ ref('int_created_cohorts') }} as cohorts
        on spine.org_unit_id = cohorts.org_unit_id
        and spine.period_type = cohorts.period_type
        and spine.period_start = cohorts.period_start

),

final as (

    select
        org_unit_id, org_level, is_leaf, period_type, period_start, period_label, period_state,
        won_count,
        lost_count,
        won_count + lost_count as closed_count,
        excluded_count,
        {{ rate('won_count', 'won_count + lost_count') }} as win_rate,
        won_amount,
        lost_amount,
        {{ money('won_amount + lost_amount') }} as closed_amount,
        {{ rate('won_amount', 'won_amount + lost_amount') }} as win_value_rate,
        lost_without_amount_count,
        {{ rate('lost_without_amount_count', 'lost_count') }} as lost_without_amount_rate,
        {% for prefix in ['prior_', 'prior_year_'] %}
        {{ prefix }}won_count,
        {{ prefix }}lost_count,
        {{ rate(prefix ~ 'won_count', prefix ~ 'won_count + ' ~ prefix ~ 'lost_count') }} as {{ prefix }}win_rate,
        {% endfor %}
        created_count,
        created_won_count,
        created_lost_count,
        created_open_count,
        {{ rate('created_won_count', 'created_count') }} as created_win_rate,
        {{ rate('created_won_count + created_lost_count', 'created_count') }} as created_decided_rate,
        {{ is_mature('created_won_count + created_lost_count', 'created_count') }} as is_created_mature,
        won_cycle_mean_days,
        won_cycle_median_days,
        won_cycle_p90_days,
        lost_cycle_median_days,
        negative_cycle_count,
        open_count,
        trailing_won_count,
        trailing_lost_count,
        trailing_won_amount,
        trailing_cycle_days,
        velocity_amount
    from joined

)

select * from final
