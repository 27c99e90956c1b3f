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
        {% for variant, (numerator, denominator) in collection_variants().items() %}
        {{ rate(numerator, denominator) }} as {{ variant }}_rate,
        {% endfor %}
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
        end as collection_rate,
        {% for part in ['numerator', 'denominator'] %}
        {% set place = loop.index0 %}
        case collection_rate_variant
            {% for variant, parts in collection_variants().items() %}
            when '{{ variant }}' then {{ money(parts[place]) }}
            {% endfor %}
        end as collection_{{ part }}_amount{{ ',' if not loop.last }}
        {% endfor %}
    from rated

)

select * from with_headline
