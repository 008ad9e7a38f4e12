INSERT INTO product (id, title, author, price_cents, stock)
SELECT n, 'Book number ' || n, 'Author ' || n % 400, 900 + n % 4000, n % 90
FROM generate_series(1, 5000) AS n
ON CONFLICT DO NOTHING;

INSERT INTO review (id, product_id, reader, stars, body)
SELECT n, 1 + n % 5000, 'Reader' || n % 60000, 1 + n % 5,
       'I read this book ' || n || ' days ago and would tell a friend about it, were it not for its length. ' || md5(n::text)
FROM generate_series(1, 400000) AS n
ON CONFLICT DO NOTHING;

INSERT INTO orders (id, customer_id, status)
SELECT n, 1 + n % 2000, 'SENT'
FROM generate_series(1, 16000) AS n
ON CONFLICT DO NOTHING;

INSERT INTO order_line (id, order_id, product_id, pieces)
SELECT n, 1 + n % 16000, 1 + n * 7 % 5000, 1 + n % 3
FROM generate_series(1, 48000) AS n
ON CONFLICT DO NOTHING;

ANALYZE;
