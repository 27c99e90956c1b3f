with events as (

    select org_unit_id, unit_since, measure, business_date, sum(amount) as amount
    from {{ ref('int_credited_days') }}
    where org_unit_id in (select old_leaf_id from {{ ref('int_successors') }})
    group by org_unit_id, unit_since, measure, business_date

),

-- A balance is not of the year before: what was not shipped stays with who has it.
matched as (

    select
        successors.view_of,
        successors.new_leaf_id,
        successors.placed_on,
        successors.share_from,
        successors.share_to,
        events.org_unit_id,
        events.unit_since,
        events.measure,
        events.business_date,
        sum(events.amount) over (
            partition by successors.view_of, successors.first_day, successors.new_leaf_id, successors.placed_on,
                events.org_unit_id, events.unit_since, events.measure
            order by events.business_date
            rows between unbounded preceding and current row
        ) as amount_to_date,
        successors.first_day
    from events
    inner join {{ ref('int_successors') }} as successors
        on events.org_unit_id = successors.old_leaf_id
        and events.business_date >= successors.first_day
        and events.business_date < successors.end_day
    where successors.view_of = 'as_is' or events.measure <> 'backlog_amount'

),

-- Rounded to date, not by day, so that a half of many single orders is half of them; the last part is the rest.
parts as (

    select *, {{ share_to_date('share_to') }} - {{ share_to_date('share_from') }} as part_to_date
    from matched

),

daily as (

    select
        *,
        part_to_date - coalesce(lag(part_to_date) over (
            partition by view_of, first_day, new_leaf_id, placed_on, org_unit_id, unit_since, measure order by business_date
        ), 0) as amount
    from parts

),

given_and_taken as (

    select view_of, new_leaf_id as org_unit_id, placed_on as unit_since, measure, business_date, amount from daily
    union all
    select view_of, org_unit_id, unit_since, measure, business_date, - amount from daily

)

select
    view_of,
    org_unit_id,
    unit_since,
    measure,
    business_date,
    cast(sum(amount) as decimal(28, 6)) as amount
from given_and_taken
group by view_of, org_unit_id, unit_since, measure, business_date
