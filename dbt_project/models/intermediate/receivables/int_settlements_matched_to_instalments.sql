with settlements as (

    select * from {{ ref('int_receivable_settlements') }}

),

stated as (

    select document_id, instalment_number, kind, source_id, business_date, receipt_id, amount
    from settlements
    where instalment_number is not null

),

stated_totals as (

    select document_id, instalment_number, sum(amount) as amount
    from stated
    group by document_id, instalment_number

),

capacities as (

    select
        instalments.document_id,
        instalments.instalment_number,
        instalments.due_on,
        greatest(instalments.amount - coalesce(stated_totals.amount, 0), 0) as amount
    from {{ ref('int_receivable_instalments') }} as instalments
    left join stated_totals
        on instalments.document_id = stated_totals.document_id
        and instalments.instalment_number = stated_totals.instalment_number

),

capacity_ranges as (

    select
        *,
        sum(amount) over (partition by document_id order by due_on, instalment_number) as range_end,
        row_number() over (partition by document_id order by due_on, instalment_number) as place,
        row_number() over (partition by document_id order by due_on desc, instalment_number desc) as place_from_last
    from capacities

),

unstated_running as (

    select
        *,
        sum(amount) over (
            partition by document_id order by business_date, kind, source_id
            rows between unbounded preceding and current row
        ) as running_amount
    from settlements
    where instalment_number is null

),

unstated_ranges as (

    select
        *,
        least(running_amount - amount, running_amount) as range_start,
        greatest(running_amount - amount, running_amount) as range_end
    from unstated_running

),

-- The first instalment reaches down and the last up without end: what exceeds a document stays on it.
shares as (

    select
        unstated.document_id,
        capacity.instalment_number,
        unstated.kind,
        unstated.source_id,
        unstated.business_date,
        unstated.receipt_id,
        case when unstated.amount < 0 then -1 else 1 end as direction,
        case when capacity.place_from_last = 1 then unstated.range_end
            else least(unstated.range_end, capacity.range_end) end
        - case when capacity.place = 1 then unstated.range_start
            else greatest(unstated.range_start, capacity.range_end - capacity.amount) end as amount
    from unstated_ranges as unstated
    inner join capacity_ranges as capacity
        on unstated.document_id = capacity.document_id

),

matched as (

    select document_id, instalment_number, kind, source_id, business_date, receipt_id, amount
    from stated
    union all
    select document_id, instalment_number, kind, source_id, business_date, receipt_id, direction * amount as amount
    from shares
    where amount > 0

)

select
    document_id,
    instalment_number,
    kind,
    source_id,
    business_date,
    receipt_id,
    {{ money('amount') }} as amount
from matched
