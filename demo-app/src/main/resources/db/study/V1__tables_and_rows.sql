-- Set-based, so that it takes seconds. The second schema holds the same rows and no index beyond the primary keys.
CREATE TABLE student (id BIGINT PRIMARY KEY, cognito_sub TEXT NOT NULL, email TEXT NOT NULL, name TEXT NOT NULL);
CREATE TABLE tutor (id BIGINT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE subject (id BIGINT PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE study_session (id BIGINT PRIMARY KEY, student_id BIGINT NOT NULL, tutor_id BIGINT NOT NULL, topic TEXT NOT NULL);
CREATE TABLE summary (
  id BIGINT PRIMARY KEY, student_id BIGINT NOT NULL, session_id BIGINT NOT NULL, tutor_id BIGINT NOT NULL, text TEXT NOT NULL,
  created_at TIMESTAMPTZ NOT NULL);
CREATE TABLE goal (id BIGINT PRIMARY KEY, student_id BIGINT NOT NULL, subject_id BIGINT NOT NULL, status TEXT NOT NULL, title TEXT NOT NULL);
CREATE TABLE student_rating (id BIGINT PRIMARY KEY, student_id BIGINT NOT NULL, subject_id BIGINT NOT NULL, rating INTEGER NOT NULL);
CREATE TABLE practice_bank_item (
  id BIGINT PRIMARY KEY, subject_id BIGINT NOT NULL, difficulty_level INTEGER NOT NULL, is_active BOOLEAN NOT NULL, question TEXT NOT NULL);
CREATE TABLE practice_assignment (id BIGINT PRIMARY KEY, student_id BIGINT NOT NULL, item_id BIGINT NOT NULL, completed BOOLEAN NOT NULL);
CREATE TABLE qa_interaction (
  id BIGINT PRIMARY KEY, student_id BIGINT NOT NULL, confidence TEXT NOT NULL, created_at TIMESTAMPTZ NOT NULL, question TEXT NOT NULL);

INSERT INTO student SELECT n, md5(n::text), 'student' || n || '@example.org', 'Student ' || n FROM generate_series(1, 10000) n;
INSERT INTO tutor SELECT n, 'Tutor ' || n FROM generate_series(1, 300) n;
INSERT INTO subject SELECT n, 'Subject ' || n FROM generate_series(1, 40) n;
-- Students 1 to 500 have 120 summaries each, so that there are pages to turn.
INSERT INTO study_session SELECT n, 1 + (n - 1) % 500, 1 + n % 300, 'Topic ' || n % 700 FROM generate_series(1, 60000) n;
INSERT INTO summary
SELECT n, 1 + (n - 1) % 500, n, 1 + n % 300, 'We went through the homework and planned the week, lesson ' || n,
       TIMESTAMPTZ '2026-05-01 15:00Z' + n * INTERVAL '4 min'
FROM generate_series(1, 60000) n;
INSERT INTO goal SELECT n, 1 + (n - 1) % 10000, 1 + n * 7 % 40, (ARRAY['active', 'active', 'done'])[1 + n / 10000 % 3], 'Goal ' || n
FROM generate_series(1, 60000) n;
INSERT INTO student_rating SELECT n, 1 + (n - 1) % 10000, 1 + n / 10000 % 40, 800 + n % 900 FROM generate_series(1, 40000) n;
-- Some 1300 active questions for each of 8 subjects and 5 difficulties.
INSERT INTO practice_bank_item SELECT n, 1 + n % 8, 1 + n / 8 % 5, n % 9 <> 0, 'Question ' || n || '? ' || md5(n::text)
FROM generate_series(1, 60000) n;
INSERT INTO practice_assignment SELECT n, 1 + (n - 1) % 10000, n, n % 2 = 0 FROM generate_series(1, 40000) n;
INSERT INTO qa_interaction
SELECT n, 1 + (n - 1) % 10000, (ARRAY['high', 'low'])[1 + n % 2], TIMESTAMPTZ '2026-05-01 15:00Z' + n * INTERVAL '5 min', 'Why ' || n || '?'
FROM generate_series(1, 40000) n;

CREATE TABLE study_naive.student (LIKE student INCLUDING DEFAULTS INCLUDING IDENTITY);
INSERT INTO study_naive.student SELECT * FROM student;
ALTER TABLE study_naive.student ADD PRIMARY KEY (id);
CREATE TABLE study_naive.summary (LIKE summary INCLUDING DEFAULTS INCLUDING IDENTITY);
INSERT INTO study_naive.summary SELECT * FROM summary;
ALTER TABLE study_naive.summary ADD PRIMARY KEY (id);
CREATE TABLE study_naive.goal (LIKE goal INCLUDING DEFAULTS INCLUDING IDENTITY);
INSERT INTO study_naive.goal SELECT * FROM goal;
ALTER TABLE study_naive.goal ADD PRIMARY KEY (id);
CREATE TABLE study_naive.student_rating (LIKE student_rating INCLUDING DEFAULTS INCLUDING IDENTITY);
INSERT INTO study_naive.student_rating SELECT * FROM student_rating;
ALTER TABLE study_naive.student_rating ADD PRIMARY KEY (id);
CREATE TABLE study_naive.practice_bank_item (LIKE practice_bank_item INCLUDING DEFAULTS INCLUDING IDENTITY);
INSERT INTO study_naive.practice_bank_item SELECT * FROM practice_bank_item;
ALTER TABLE study_naive.practice_bank_item ADD PRIMARY KEY (id);
CREATE TABLE study_naive.practice_assignment (LIKE practice_assignment INCLUDING DEFAULTS INCLUDING IDENTITY);
INSERT INTO study_naive.practice_assignment SELECT * FROM practice_assignment;
ALTER TABLE study_naive.practice_assignment ADD PRIMARY KEY (id);
CREATE TABLE study_naive.qa_interaction (LIKE qa_interaction INCLUDING DEFAULTS INCLUDING IDENTITY);
INSERT INTO study_naive.qa_interaction SELECT * FROM qa_interaction;
ALTER TABLE study_naive.qa_interaction ADD PRIMARY KEY (id);

CREATE UNIQUE INDEX ux_student_sub ON student (cognito_sub);
CREATE UNIQUE INDEX ux_student_email ON student (email);
CREATE INDEX idx_session_student ON study_session (student_id);
CREATE INDEX idx_session_tutor ON study_session (tutor_id);
CREATE INDEX idx_goals_status ON goal (status);
CREATE INDEX idx_goals_student_status ON goal (student_id, status);
CREATE INDEX idx_summaries_student_created ON summary (student_id, created_at DESC, id DESC);
CREATE INDEX idx_practice_assignments_student_completed ON practice_assignment (student_id, completed);
CREATE INDEX idx_qa_interactions_confidence ON qa_interaction (confidence);
CREATE INDEX idx_qa_interactions_student_created ON qa_interaction (student_id, created_at DESC);
CREATE INDEX idx_practice_bank_items_subject_difficulty ON practice_bank_item (subject_id, difficulty_level, is_active);
CREATE INDEX idx_student_ratings_student_subject ON student_rating (student_id, subject_id);
ANALYZE;
