with events as (

    select employee_id, business_date, measure, sum(amount) as amount
    from {{ ref('int_credited_days') }}
    where employee_id is not null
    group by employee_id, business_date, measure

),

every_employee as (

    select employee_id, cast(null as date) as business_date, cast(null as varchar) as measure, 0 as amount
    from {{ ref('stg_employees') }}

),

employee_days as (

    select * from events
    union all
    select * from every_employee

)

select * from employee_days
