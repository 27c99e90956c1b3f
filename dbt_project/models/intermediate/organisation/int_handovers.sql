with handovers as (

    select
        *,
        case when answered_on <= {{ as_of() }} then answered_on end as closed_on
    from {{ ref('stg_handovers') }}
    where requested_on <= {{ as_of() }}

),

-- The unit of who must answer; if that is nobody of the sales organisation, of who asked.
placed as (

    select
        handovers.*,
        {{ credited_unit('receivers', 'senders') }},
        {{ add_days('handovers.requested_on', 'due.due_days') }} as due_on
    from handovers
    left join {{ ref('int_seller_units') }} as receivers
        on handovers.to_employee_id = receivers.employee_id
        and handovers.requested_on >= receivers.valid_from
        and handovers.requested_on < receivers.valid_to
    left join {{ ref('int_seller_units') }} as senders
        on handovers.from_employee_id = senders.employee_id
        and handovers.requested_on >= senders.valid_from
        and handovers.requested_on < senders.valid_to
    left join {{ source('rulebook', 'handover_due') }} as due
        on handovers.interface = due.interface
        and {{ in_force('due', 'handovers.requested_on') }}

)

select
    handover_id,
    interface,
    org_unit_id,
    unit_since,
    requested_on,
    case when closed_on is null then 'waiting' else coalesce(outcome, 'accepted') end as state,
    {{ dbt.datediff('requested_on', 'closed_on', 'day') }} as answer_days,
    coalesce(closed_on, {{ as_of() }}) > due_on as is_overdue
from placed
