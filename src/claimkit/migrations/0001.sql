-- Articles and their claims, the places they name, and the ledger made of them. Days are ISO 8601, degrees WGS 84.
CREATE TABLE articles (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    key TEXT NOT NULL,                -- of text, head, version, model, lexicon and settings: unchanged means done
    sha256 TEXT NOT NULL,
    title TEXT,
    outlet TEXT,
    byline TEXT,
    url TEXT,
    published TEXT,
    words INTEGER NOT NULL,
    sentences INTEGER NOT NULL,
    claims INTEGER NOT NULL,
    report TEXT NOT NULL,             -- how it was read, as JSON
    document TEXT NOT NULL            -- the article as it was read, as JSON
);
CREATE TABLE places (
    id TEXT PRIMARY KEY,              -- GeoNames or claimkit id; the name of a place that is not in the gazetteer
    name TEXT NOT NULL,
    kind TEXT,
    country TEXT,
    admin1 TEXT,
    latitude REAL,
    longitude REAL
);
CREATE TABLE claims (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    article INTEGER NOT NULL REFERENCES articles (id) ON DELETE CASCADE,
    published TEXT,
    outlet TEXT,
    claimant TEXT NOT NULL,
    claimant_name TEXT NOT NULL,
    stance TEXT NOT NULL,
    event TEXT NOT NULL,
    actor TEXT,
    modality TEXT NOT NULL,
    date TEXT,
    places TEXT NOT NULL,
    sentence TEXT NOT NULL,
    content TEXT NOT NULL,
    confidence REAL NOT NULL,
    record TEXT NOT NULL,             -- the whole claim as `claimkit extract` prints it
    UNIQUE (article, id)
);
CREATE INDEX claims_id ON claims (id);
CREATE INDEX claims_published ON claims (published);
CREATE TABLE claim_places (
    claim INTEGER NOT NULL REFERENCES claims (number) ON DELETE CASCADE,
    place TEXT NOT NULL REFERENCES places (id),
    PRIMARY KEY (claim, place)
) WITHOUT ROWID;
CREATE INDEX claim_places_place ON claim_places (place);
CREATE TABLE propositions (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL,        -- the order of the ledger
    event TEXT NOT NULL,
    actor TEXT,
    modality TEXT NOT NULL,
    place TEXT REFERENCES places (id),
    start TEXT,
    "end" TEXT,
    status TEXT NOT NULL,
    since TEXT,
    record TEXT NOT NULL              -- the whole proposition as `claimkit ledger --format json` prints it
);
CREATE INDEX propositions_place ON propositions (place);
CREATE INDEX propositions_status ON propositions (status);
CREATE TABLE positions (
    proposition TEXT NOT NULL REFERENCES propositions (id) ON DELETE CASCADE,
    claimant TEXT NOT NULL,
    claimant_name TEXT NOT NULL,
    stance TEXT NOT NULL,
    first TEXT,
    last TEXT,
    claims INTEGER NOT NULL,
    articles INTEGER NOT NULL,
    independent_sources INTEGER NOT NULL,
    against_interest INTEGER NOT NULL,
    low INTEGER,
    high INTEGER,
    PRIMARY KEY (proposition, claimant, stance)
) WITHOUT ROWID;
CREATE TABLE proposition_claims (
    proposition TEXT NOT NULL REFERENCES propositions (id) ON DELETE CASCADE,
    claim TEXT NOT NULL,              -- claims.id
    PRIMARY KEY (proposition, claim)
) WITHOUT ROWID;
CREATE INDEX proposition_claims_claim ON proposition_claims (claim);
CREATE TABLE links (
    kind TEXT NOT NULL,               -- contradicts, related: propositions; deny, doubt, unverified, acknowledge: claims
    one TEXT NOT NULL,
    other TEXT NOT NULL,
    because TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (kind, one, other, because)
) WITHOUT ROWID;
CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    version TEXT NOT NULL,
    model TEXT NOT NULL,
    lexicon_sha256 TEXT NOT NULL,
    gazetteer_sha256 TEXT NOT NULL,
    articles INTEGER,
    extracted INTEGER,
    removed INTEGER,
    skipped TEXT,                     -- the inputs that were not used, as JSON
    claims INTEGER
);
CREATE TABLE state (
    name TEXT PRIMARY KEY,
    value BLOB
) WITHOUT ROWID;

CREATE VIRTUAL TABLE claims_fts USING fts5 (
    sentence, content, claimant_name, places,
    content = 'claims', content_rowid = 'number', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER claims_added AFTER INSERT ON claims BEGIN
    INSERT INTO claims_fts (rowid, sentence, content, claimant_name, places)
    VALUES (new.number, new.sentence, new.content, new.claimant_name, new.places);
END;
CREATE TRIGGER claims_removed AFTER DELETE ON claims BEGIN
    INSERT INTO claims_fts (claims_fts, rowid, sentence, content, claimant_name, places)
    VALUES ('delete', old.number, old.sentence, old.content, old.claimant_name, old.places);
END;

CREATE VIEW contested AS
SELECT p.id, pl.name AS place, p.event, p.actor, p.start, p."end", p.since,
       (SELECT group_concat(claimant_name || ' (' || stance || ')', ', ') FROM positions WHERE proposition = p.id)
           AS positions
FROM propositions p LEFT JOIN places pl ON pl.id = p.place
WHERE p.status = 'contested' ORDER BY p.position;
CREATE VIEW by_place AS
SELECT pl.name AS place, pl.id AS place_id, count(*) AS propositions, sum(p.status = 'contested') AS contested,
       min(p.start) AS first, max(p."end") AS last, pl.latitude, pl.longitude
FROM propositions p JOIN places pl ON pl.id = p.place
GROUP BY pl.id ORDER BY propositions DESC, place;
CREATE VIEW timeline AS
SELECT c.published, c.date, c.places, c.claimant_name AS claimant, c.stance, c.event, c.actor, c.content, c.outlet,
       a.path AS article, c.id AS claim
FROM claims c JOIN articles a ON a.id = c.article
ORDER BY c.published, a.path, c.number;
