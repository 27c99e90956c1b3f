with moves as (

    select
        events.org_unit_id,
        events.competitor_id,
        events.event_on,
        events.event_id as feedback_id,
        feedback.theme
    from {{ ref('int_competitor_events') }} as events
    inner join {{ ref('int_feedback') }} as feedback
        on events.event_id = feedback.feedback_id
    where events.event = 'move'

),

latest as (

    select
        moves.org_unit_id,
        moves.competitor_id,
        periods.period_type,
        periods.period_start,
        moves.event_on as last_move_on,
        moves.theme as last_move_theme,
        moves.feedback_id as last_move_feedback_id
    from moves
    inner join {{ ref('dim_period') }} as periods
        on moves.event_on < periods.cutoff
        and periods.has_begun
    qualify row_number() over (
        partition by moves.org_unit_id, moves.competitor_id, periods.period_type, periods.period_start
        order by moves.event_on desc, moves.feedback_id desc
    ) = 1

)

select * from latest
