with closings as (

    select * from {{ ref('int_closings') }}

),

spans as (

    select * from {{ ref('int_closed_spans') }}

),

frozen as (

    select
        figures.*,
        closings.period_start as known_start,
        closings.period_label as known_label
    from {{ source('closings', 'figures') }} as figures
    inner join closings
        on figures.number = closings.number
        and figures.subject = closings.subject

),

-- What is known now is known in the first month that is not closed.
current_results as (

    select
        results.subject,
        results.period_start,
        results.entity_kind,
        results.entity_id,
        results.measure,
        results.amount,
        spans.closed_until as known_start,
        spans.next_label as known_label
    from {{ ref('mart_period_result') }} as results
    inner join spans
        on results.subject = spans.subject
        and results.period_start >= spans.closed_from
        and results.period_start < spans.closed_until

),

known as (

    select subject, period_start, entity_kind, entity_id, measure, amount, known_start, known_label from frozen
    union all
    select * from current_results

),

moments as (

    select subject, period_start as known_start, period_label as known_label, true as is_frozen from closings
    union all
    select subject, closed_until, next_label, false from spans

),

-- Who had no row at one of the moments had nothing then.
entities as (

    select distinct subject, period_start, entity_kind, entity_id, measure from known

),

final as (

    select
        entities.subject,
        entities.period_start,
        entities.entity_kind,
        entities.entity_id,
        entities.measure,
        moments.known_start,
        moments.known_label,
        moments.is_frozen,
        coalesce(known.amount, 0) as amount
    from entities
    inner join moments
        on entities.subject = moments.subject
        and moments.known_start >= entities.period_start
    left join known
        on entities.subject = known.subject
        and entities.period_start = known.period_start
        and entities.entity_kind = known.entity_kind
        and entities.entity_id = known.entity_id
        and entities.measure = known.measure
        and moments.known_start = known.known_start

)

select * from final
