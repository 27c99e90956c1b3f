select customer_id, intercompany_entity_id
from {{ ref('stg_customers') }}
where intercompany_entity_id is not null
