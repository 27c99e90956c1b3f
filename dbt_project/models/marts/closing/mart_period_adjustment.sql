with known as (

    select *
    from {{ ref('int_known_results') }}
    where measure not in {{ balances() }}

),

steps as (

    select
        *,
        lag(amount) over (
            partition by subject, period_start, entity_kind, entity_id, measure order by known_start
        ) as amount_before
    from known

),

months as (

    select period_start, period_label from {{ ref('dim_period') }}
    where period_type = 'month'

),

adjustments as (

    select
        steps.subject,
        steps.entity_kind,
        steps.entity_id,
        steps.measure,
        'month' as period_type,
        steps.period_start,
        months.period_label,
        steps.known_start as dated_start,
        steps.known_label as dated_label,
        steps.is_frozen,
        {{ money('steps.amount - steps.amount_before') }} as adjustment_amount
    from steps
    inner join months
        on steps.period_start = months.period_start
    where steps.amount != steps.amount_before

)

select * from adjustments
