with cash_of_orders as (

    select
        orders.order_id,
        movements.business_date,
        - sum(movements.amount) as amount
    from {{ ref('int_receivable_movements') }} as movements
    inner join {{ ref('int_receivable_documents') }} as documents
        on movements.document_id = documents.document_id
    inner join {{ ref('int_orders_with_cash') }} as orders
        on documents.order_id = orders.order_id
    where movements.kind = 'applied'
    group by orders.order_id, movements.business_date

)

select * from cash_of_orders
