with documents as (

    select
        documents.document_id,
        documents.document_kind,
        documents.document_date,
        case when documents.document_kind = 'opening' then {{ add_days('documents.entered_on', 1) }}
            else documents.document_date end as owned_on,
        documents.customer_id,
        coalesce(documents.employee_id, orders.employee_id) as employee_id
    from {{ ref('int_receivable_documents') }} as documents
    left join {{ ref('stg_orders') }} as orders
        on documents.order_id = orders.order_id

),

owned as (

    select
        documents.*,
        coalesce(sellers.org_unit_id, 'unassigned') as org_unit_id
    from documents
    left join {{ ref('int_seller_units') }} as sellers
        on documents.employee_id = sellers.employee_id
        and documents.owned_on >= sellers.valid_from
        and documents.owned_on < sellers.valid_to

)

select * from owned
