{% set kinds = {'opening': 1, 'billed': 1, 'credit_note': -1, 'applied': -1, 'written_off': -1} %}

with days as (

    select
        document_id,
        instalment_number,
        business_date,
        {% for kind, sign in kinds.items() %}
        {{ money("sum(case when kind = '" ~ kind ~ "' then " ~ ('- ' if sign < 0) ~ 'amount else 0 end)') }} as {{ kind }}_amount,
        {% endfor %}
        cast(sum(case when kind in ('billed', 'credit_note') then 1 else 0 end) as {{ dbt.type_bigint() }}) as billed_count,
        {{ money('sum(amount)') }} as change_amount
    from {{ ref('int_receivable_movements') }}
    group by document_id, instalment_number, business_date

),

running as (

    select
        *,
        {{ money('sum(change_amount) over (instalment rows between unbounded preceding and current row)') }} as open_amount,
        lead(business_date) over instalment as next_date,
        min(business_date) over whole as entered_on,
        least(min(credit_note_amount) over whole, min(applied_amount) over whole, min(written_off_amount) over whole)
            as smallest_settlement,
        sum(opening_amount + billed_amount) over whole as entered_amount,
        sum(credit_note_amount) over whole as credited_amount,
        sum(change_amount) over whole as final_amount
    from days
    window
        instalment as (partition by document_id, instalment_number order by business_date),
        whole as (partition by document_id, instalment_number)

),

-- Plain: entered before it was due, then only lowered, neither below zero nor by credit notes alone. Such instalments
-- need not be looked at one by one.
with_owner as (

    select
        running.document_id,
        running.instalment_number,
        running.business_date,
        running.next_date,
        instalments.due_on,
        owners.customer_id,
        owners.employee_id,
        owners.org_unit_id,
        owners.unit_since,
        {% for kind in kinds %}
        running.{{ kind }}_amount,
        {% endfor %}
        running.billed_count,
        {{ money('running.open_amount - running.change_amount') }} as open_before,
        running.open_amount,
        running.entered_on <= instalments.due_on
        and running.smallest_settlement >= 0
        and running.final_amount >= 0
        and running.entered_amount > running.credited_amount as is_plain
    from running
    inner join {{ ref('int_receivable_instalments') }} as instalments
        on running.document_id = instalments.document_id
        and running.instalment_number = instalments.instalment_number
    inner join {{ ref('int_receivable_owners') }} as owners
        on running.document_id = owners.document_id

)

select * from with_owner
