with acts as (

    select * from {{ source('closings', 'acts') }}
    where period_end <= {{ add_days(as_of(), 1) }}

),

last_acts as (

    select *
    from acts
    qualify row_number() over (partition by subject, period_start order by number desc) = 1

)

select * from last_acts
where act = 'close'
