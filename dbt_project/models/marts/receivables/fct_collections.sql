with collected as (

    select * from {{ ref('int_collected_events') }}

),

with_unit as (

    select
        collected.receipt_id,
        collected.document_id,
        collected.business_date,
        collected.customer_id,
        collected.employee_id,
        collected.owned_on,
        coalesce(sellers.org_unit_id, 'unassigned') as org_unit_id,
        collected.is_bill,
        collected.amount as collected_amount
    from collected
    left join {{ ref('int_seller_units') }} as sellers
        on collected.employee_id = sellers.employee_id
        and collected.owned_on >= sellers.valid_from
        and collected.owned_on < sellers.valid_to

)

select * from with_unit
