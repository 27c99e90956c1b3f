with totals as (

    select * from {{ ref('int_collection_totals') }}

),

windows as (

    select * from {{ ref('int_collection_windows') }}

),

rated as (

    select
        totals.*,
        windows.period_label,
        windows.period_state,
        rules.headline as collection_rate_variant,
        countback.dso_countback_days,
        coalesce(countback.is_older_than_history, false) as is_receivable_older_than_history,
        {{ rate('totals.collected_amount', 'totals.billed_amount') }} as cash_over_billed_rate,
        {{ rate('totals.applied_amount', 'totals.opening_receivable_amount + totals.billed_amount') }}
            as balance_based_rate,
        {{ rate('totals.collected_amount', 'totals.opening_receivable_amount') }} as cash_over_opening_ar_rate,
        {{ rate('totals.due_paid_amount', 'totals.due_amount') }} as due_in_period_rate,
        {{ rate('totals.due_paid_amount + totals.overdue_paid_amount',
                'totals.due_amount + totals.overdue_opening_amount') }} as due_incl_overdue_rate,
        {{ rate('totals.collected_amount', 'totals.planned_amount') }} as plan_attainment_rate,
        {{ rate('totals.paid_on_time_amount', 'totals.due_amount') }} as on_time_rate,
        {{ rate('totals.contract_collected_amount', 'totals.contract_amount') }} as contract_progress_rate,
        {{ rate('totals.shipped_settled_amount', 'totals.shipped_with_tax_amount') }} as shipped_based_rate,
        {{ rate('totals.overdue_amount', 'totals.closing_receivable_amount') }} as overdue_rate,
        {{ rate('totals.written_off_amount', 'totals.billed_amount') }} as bad_debt_rate,
        {{ cei('totals.opening_receivable_amount', 'totals.billed_amount', 'windows.window_months',
               'totals.closing_receivable_amount', 'totals.current_receivable_amount') }} as cei_rate,
        {{ days_of_sales('totals.closing_receivable_amount', 'totals.billed_amount', 'windows.window_days') }}
            as dso_days,
        {{ days_of_sales('totals.current_receivable_amount', 'totals.billed_amount', 'windows.window_days') }}
            as best_possible_dso_days
    from totals
    inner join windows
        on totals.period_type = windows.period_type
        and totals.period_start = windows.period_start
    left join {{ ref('int_collection_rules_by_day') }} as rules
        on windows.last_day = rules.day
    left join {{ ref('int_collection_countback') }} as countback
        on totals.entity_kind = countback.entity_kind
        and totals.entity_id = countback.entity_id
        and totals.period_type = countback.period_type
        and totals.period_start = countback.period_start

),

with_headline as (

    select
        rated.*,
        dso_days - best_possible_dso_days as average_days_delinquent,
        case collection_rate_variant
            {% for variant in collection_variants() %}
            when '{{ variant }}' then {{ variant }}_rate
            {% endfor %}
        end as collection_rate
    from rated

)

select * from with_headline
