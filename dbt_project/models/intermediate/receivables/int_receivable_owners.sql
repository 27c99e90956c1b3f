with documents as (

    select
        documents.document_id,
        documents.document_kind,
        documents.document_date,
        documents.document_date as owned_on,
        documents.customer_id,
        coalesce(documents.employee_id, orders.employee_id) as employee_id
    from {{ ref('int_receivable_documents') }} as documents
    left join {{ ref('stg_orders') }} as orders
        on documents.order_id = orders.order_id

),

owned as (

    select
        documents.*,
        {{ owner_unit('documents.employee_id', 'documents.owned_on') }} as org_unit_id
    from documents

)

select * from owned
