with purchases as (

    select customer_id, business_date, employee_id, order_id as document_id
    from {{ ref('int_order_lines') }}
    union all
    select customer_id, business_date, employee_id, document_id
    from {{ ref('int_invoiced_events') }}

),

first_days as (

    select customer_id, min(business_date) as business_date
    from purchases
    where customer_id is not null
    group by customer_id

),

first_purchases as (

    select purchases.customer_id, purchases.business_date, purchases.employee_id, purchases.document_id
    from purchases
    inner join first_days
        on purchases.customer_id = first_days.customer_id
        and purchases.business_date = first_days.business_date
    qualify row_number() over (
        partition by purchases.customer_id order by purchases.document_id, purchases.employee_id
    ) = 1

)

select * from first_purchases
