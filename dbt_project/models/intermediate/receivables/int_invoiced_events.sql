with documents as (

    select
        invoice_id as document_id, 'invoice' as document_kind, invoiced_on as business_date,
        customer_id, employee_id, order_id, net_amount
    from {{ ref('int_invoices_in_company_currency') }}
    where status = 'confirmed'
    union all
    select credit_note_id, 'credit_note', credited_on, customer_id, employee_id, order_id, net_amount
    from {{ ref('int_credit_notes_in_company_currency') }}

),

known_by_then as (

    select
        documents.document_id,
        documents.document_kind,
        documents.business_date,
        documents.customer_id,
        coalesce(orders.territory_id, customers.territory_id) as territory_id,
        coalesce(documents.employee_id, orders.employee_id) as employee_id,
        documents.order_id,
        documents.net_amount
    from documents
    left join {{ ref('stg_orders') }} as orders
        on documents.order_id = orders.order_id
    left join {{ ref('stg_customers') }} as customers
        on documents.customer_id = customers.customer_id
    where documents.business_date <= {{ as_of() }}
        and documents.net_amount is not null

),

-- A document has no lines: it is spread over the product lines of its order; rounding running sums keeps the total.
by_product_line as (

    select
        known_by_then.document_id,
        known_by_then.document_kind,
        known_by_then.business_date,
        known_by_then.employee_id,
        known_by_then.customer_id,
        known_by_then.territory_id,
        shares.product_line,
        {{ share_of('known_by_then.net_amount', 'shares.share_to') }}
        - case when shares.order_id is null then 0 else {{ share_of('known_by_then.net_amount', 'shares.share_from') }} end as net_amount
    from known_by_then
    left join {{ ref('int_order_product_line_shares') }} as shares
        on known_by_then.order_id = shares.order_id

)

select * from by_product_line
