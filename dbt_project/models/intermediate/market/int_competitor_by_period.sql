with events as (

    select * from {{ ref('int_competitor_events') }}

),

periods as (

    select * from {{ ref('dim_period') }}
    where has_begun

),

-- An opportunity is open at a period's end when it was created by then and not closed before.
standing as (

    select
        events.event_id,
        'standing' as event,
        events.org_unit_id,
        periods.period_type,
        periods.period_start,
        events.competitor_id,
        steps.to_amount as amount,
        events.is_shared
    from periods
    inner join {{ ref('int_opportunity_steps') }} as steps
        on {{ stands_before('steps', 'periods.cutoff') }}
        and steps.to_status = 'open'
    inner join events
        on steps.opportunity_id = events.event_id
        and events.event in ('open', 'won', 'lost')

),

happened as (

    {% for prefix, first, after in market_windows() %}
    select
        '{{ prefix }}' as prefix, events.event, events.org_unit_id, periods.period_type, periods.period_start,
        events.competitor_id, events.amount, events.is_shared, events.own_price_amount, events.competitor_price_amount
    from events
    inner join periods
        on events.event_on >= periods.{{ first }}
        and events.event_on < periods.{{ after }}
    where events.event <> 'open'
    union all
    {% endfor %}
    select
        '', event, org_unit_id, period_type, period_start, competitor_id, amount, is_shared, null, null
    from standing

),

summed as (

    select
        org_unit_id,
        period_type,
        period_start,
        competitor_id,
        {% for prefix, first, after in market_windows() %}
        {% for event in ['won', 'lost', 'mention'] %}
        sum(case when prefix = '{{ prefix }}' and event = '{{ event }}' then 1 else 0 end) as {{ prefix }}{{ event }}_count,
        {% endfor %}
        {% endfor %}
        sum(case when prefix = '' and event in ('won', 'lost', 'standing') then 1 else 0 end) as met_count,
        sum(case when prefix = '' and event in ('won', 'lost', 'standing') then coalesce(amount, 0) else 0 end) as met_amount,
        sum(case when prefix = '' and event in ('won', 'lost', 'standing') and is_shared then 1 else 0 end) as shared_count,
        sum(case when prefix = '' and event = 'standing' then 1 else 0 end) as open_count,
        sum(case when prefix = '' and event = 'won' then amount else 0 end) as won_amount,
        sum(case when prefix = '' and event = 'lost' then amount else 0 end) as lost_amount,
        sum(case when prefix = '' and event = 'move' then 1 else 0 end) as move_count,
        sum(case when prefix = '' and event = 'price' then 1 else 0 end) as price_pair_count,
        sum(case when prefix = '' and event = 'price' then own_price_amount end) as own_price_amount,
        sum(case when prefix = '' and event = 'price' then competitor_price_amount end) as competitor_price_amount
    from happened
    group by org_unit_id, period_type, period_start, competitor_id

)

select * from summed
