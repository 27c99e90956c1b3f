with met as (

    select
        opportunities.opportunity_id as event_id,
        opportunities.status as event,
        opportunities.closed_on as event_on,
        opportunities.org_unit_id,
        opportunities.owned_on,
        competitors.competitor_id,
        coalesce(opportunities.amount, 0) as amount,
        competitors.is_shared
    from {{ ref('int_opportunities') }} as opportunities
    inner join {{ ref('int_opportunity_competitors') }} as competitors
        on opportunities.opportunity_id = competitors.opportunity_id
    where opportunities.status in ('open', 'won', 'lost')

),

named as (

    select *, competitor_id as named_as
    from {{ ref('int_feedback') }}
    where competitor_id <> 'none'
    union all
    select *, 'any'
    from {{ ref('int_feedback') }}
    where competitor_id <> 'none'

),

events as (

    select *, cast(null as decimal(18, 4)) as own_price_amount, cast(null as decimal(18, 4)) as competitor_price_amount
    from met
    union all
    select feedback_id, 'mention', received_on, org_unit_id, owned_on, named_as, 0, false, null, null
    from named
    union all
    select feedback_id, 'move', received_on, org_unit_id, owned_on, named_as, 0, false, null, null
    from named
    where kind = 'competitor'
    union all
    select feedback_id, 'price', received_on, org_unit_id, owned_on, named_as, 0, false, own_price_amount, competitor_price_amount
    from named
    where own_price_amount > 0
        and competitor_price_amount > 0

),

above as (

    select
        events.event_id,
        events.event,
        events.event_on,
        closure.ancestor_id as org_unit_id,
        events.competitor_id,
        events.amount,
        events.is_shared,
        events.own_price_amount,
        events.competitor_price_amount
    from events
    {{ join_units_above('events') }}

)

select * from above
