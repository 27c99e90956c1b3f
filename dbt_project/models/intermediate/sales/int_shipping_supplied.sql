with order_lines as (

    select * from {{ ref('stg_order_lines') }}

)

select count(shipped_on) > 0 as is_supplied
from order_lines
