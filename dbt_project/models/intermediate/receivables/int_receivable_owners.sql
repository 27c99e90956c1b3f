with documents as (

    select
        documents.document_id,
        documents.document_kind,
        documents.document_date,
        documents.customer_id,
        coalesce(documents.employee_id, orders.employee_id) as employee_id,
        case when documents.document_kind = 'opening' then {{ add_days('documents.entered_on', 1) }} end as opened_on
    from {{ ref('int_receivable_documents') }} as documents
    left join {{ ref('stg_orders') }} as orders
        on documents.order_id = orders.order_id

),

-- An opening balance older than the organisation belongs to the unit of its owner on the day it entered the books.
owned as (

    select
        documents.document_id,
        documents.document_kind,
        documents.document_date,
        documents.customer_id,
        documents.employee_id,
        case when sellers.org_unit_id is null and documents.document_kind = 'opening'
            then documents.opened_on else documents.document_date end as owned_on,
        {{ credited_unit('sellers', 'sellers_at_opening') }}
    from documents
    left join {{ ref('int_seller_units') }} as sellers
        on documents.employee_id = sellers.employee_id
        and documents.document_date >= sellers.valid_from
        and documents.document_date < sellers.valid_to
    left join {{ ref('int_seller_units') }} as sellers_at_opening
        on documents.employee_id = sellers_at_opening.employee_id
        and documents.opened_on >= sellers_at_opening.valid_from
        and documents.opened_on < sellers_at_opening.valid_to

)

select * from owned
