with purchases as (

    select customer_id, business_date, employee_id, order_id as document_id
    from {{ ref('int_order_lines') }}
    union all
    select customer_id, business_date, employee_id, document_id
    from {{ ref('int_invoiced_events') }}

),

first_purchases as (

    select customer_id, business_date, employee_id, document_id
    from purchases
    where customer_id is not null
    qualify row_number() over (
        partition by customer_id order by business_date, document_id, employee_id
    ) = 1

)

select * from first_purchases
