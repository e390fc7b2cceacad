-- The writes of one message, each by the plainest statement, in as many commits as one message alone needs:
-- stored · attempt counted (no flush) · turn · marked before it is posted · outcome.
-- Every fourth message confirms an order. Run by pgbench; :customers is given on its command line.
\set person random(1, :customers)
\set token random(1, 9000000000000000000)
\set kind random(1, 4)
BEGIN;
INSERT INTO relay.conversations (company_id, customer_key) VALUES (:company, 'pgbench:' || :person) ON CONFLICT DO NOTHING;
INSERT INTO relay.inbox_messages (dedupe_key, company_id, customer_key, phone_number_id, kind, type, wamid, sent_at,
    position, received_at, ready_at, waits, raw, trace_id)
VALUES (decode(md5(:token::text), 'hex'), :company, 'pgbench:' || :person, '900000000000001', 'message', 'text',
    'wamid.HBgNNTIxMjI4VAgASGBQzQTdCMEY0RTlBRkY4NDAA' || :token, now(), 0, now(), now(), 0,
    convert_to(repeat('x', 420), 'UTF8'), md5(:token::text)) RETURNING id AS inbox \gset
COMMIT;
BEGIN;
SET LOCAL synchronous_commit = off;
UPDATE relay.conversations SET attempts = attempts + 1, not_before = now() WHERE company_id = :company AND customer_key = 'pgbench:' || :person;
COMMIT;
BEGIN;
SELECT 1 FROM relay.conversations c JOIN relay.companies r USING (company_id)
WHERE company_id = :company AND customer_key = 'pgbench:' || :person FOR NO KEY UPDATE OF c;
SELECT id, raw FROM relay.inbox_messages WHERE id = :inbox;
SELECT id FROM company_bench.customers WHERE id = :person FOR NO KEY UPDATE;
SELECT data FROM company_bench.customer_sessions WHERE customer_id = :person;
INSERT INTO relay.outbox (company_id, customer_key, phone_number_id, recipient_phone, author, type, payload, created_at,
    not_before, window_until, trace_id)
VALUES (:company, 'pgbench:' || :person, '900000000000001', '5212281000001', 'bot', 'interactive',
    jsonb_build_object('type', 'interactive', 'interactive', repeat('x', 600)), now(), now(), now(), md5(:token::text))
RETURNING id AS outbox \gset
INSERT INTO company_bench.messages (customer_id, direction, author, type, text, wamid, outbox_id, phone_number_id,
    happened_at, trace_id)
VALUES (:person, 'in', 'customer', 'text', repeat('x', 30), md5(:token::text), NULL, '900000000000001', now(), md5(:token::text)),
       (:person, 'out', 'bot', 'interactive', repeat('x', 200), NULL, :outbox, '900000000000001', now(), md5(:token::text));
UPDATE relay.inbox_messages SET handled_at = now(), outcome = 'answered' WHERE id = :inbox;
INSERT INTO relay.timers (company_id, customer_key, phone_number_id, kind, due_at)
VALUES (:company, 'pgbench:' || :person, '900000000000001', 'reminder', now() + interval '1 day')
ON CONFLICT (company_id, customer_key, kind) DO UPDATE SET due_at = excluded.due_at;
UPDATE relay.conversations SET attempts = 0, not_before = NULL WHERE company_id = :company AND customer_key = 'pgbench:' || :person;
INSERT INTO company_bench.customer_sessions (customer_id, session_id, flow_version, state, data, last_access, expires_at)
VALUES (:person, md5(:token::text)::uuid, 1, 'menu', jsonb_build_object('cart', repeat('x', 300)), now(), now())
ON CONFLICT (customer_id) DO UPDATE SET state = excluded.state, data = excluded.data, last_access = excluded.last_access;
\if :kind = 1
INSERT INTO company_bench.orders (folio, customer_id, status_id, subtotal, total_amount, fulfilment, confirmation_key, phone_number_id)
SELECT 'P-' || :token, :person, min(id), 100, 100, 'pickup', md5(:token::text), '900000000000001' FROM company_bench.order_statuses
RETURNING id AS order_id \gset
INSERT INTO company_bench.order_items (order_id, product_id, position, sku, product_name, quantity, unit, unit_price, total_price)
SELECT :order_id, id, id, sku, name, 1, unit, 50, 50 FROM company_bench.products ORDER BY id LIMIT 2;
INSERT INTO company_bench.order_history (order_id, happened_at, actor_kind, action) VALUES (:order_id, now(), 'customer', 'placed');
\endif
COMMIT;
BEGIN;
UPDATE relay.outbox SET status = 'sending', attempts = 1, sending_at = now() WHERE id = :outbox;
COMMIT;
BEGIN;
UPDATE relay.outbox SET status = 'sent', sent_at = now(), wamid = md5(:token::text) WHERE id = :outbox;
COMMIT;
