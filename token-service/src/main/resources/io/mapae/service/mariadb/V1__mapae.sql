-- Times are epoch milliseconds. Names and ids are compared as they stand, trailing blanks too: hence nopad.
-- Harmless where it ran before, in part or by several nodes at once: MariaDB and H2 cannot roll it back.
CREATE TABLE IF NOT EXISTS mapae_account (
  name        VARCHAR(255) PRIMARY KEY,
  password    VARCHAR(1024) NOT NULL,
  scopes      VARCHAR(2000) NOT NULL DEFAULT '',
  disabled    BOOLEAN NOT NULL DEFAULT FALSE,
  must_change BOOLEAN NOT NULL DEFAULT FALSE,
  credential_version BIGINT NOT NULL DEFAULT 0,
  created     BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS mapae_account_role (
  account VARCHAR(255) NOT NULL REFERENCES mapae_account (name) ON DELETE CASCADE,
  role    VARCHAR(255) NOT NULL,
  PRIMARY KEY (account, role)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE=InnoDB;

CREATE TABLE IF NOT EXISTS mapae_session (
  id         VARCHAR(64) PRIMARY KEY,
  account    VARCHAR(255) NOT NULL,
  device     VARCHAR(256) NOT NULL,
  transport  VARCHAR(8) NOT NULL,
  scopes     VARCHAR(2000) NOT NULL,
  audiences  VARCHAR(2000) NOT NULL,
  credential_version BIGINT NOT NULL,
  created    BIGINT NOT NULL,
  last_used  BIGINT NOT NULL,
  idle_until BIGINT NOT NULL,
  ends_at    BIGINT NOT NULL,
  generation BIGINT NOT NULL,
  current_digest  VARCHAR(64) NOT NULL,
  previous_digest VARCHAR(64),
  rotated    BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE=InnoDB;
CREATE INDEX IF NOT EXISTS mapae_session_account ON mapae_session (account);
CREATE INDEX IF NOT EXISTS mapae_session_idle_until ON mapae_session (idle_until);
CREATE INDEX IF NOT EXISTS mapae_session_ends_at ON mapae_session (ends_at);

-- kind: jti, sid or sub; issued_before is for sub alone
CREATE TABLE IF NOT EXISTS mapae_revocation (
  kind          VARCHAR(8) NOT NULL,
  denied        VARCHAR(512) NOT NULL,
  issued_before BIGINT NOT NULL DEFAULT 0,
  until         BIGINT NOT NULL,
  noted         BIGINT NOT NULL,
  PRIMARY KEY (kind, denied)
) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE=InnoDB;
CREATE INDEX IF NOT EXISTS mapae_revocation_noted ON mapae_revocation (noted);
CREATE INDEX IF NOT EXISTS mapae_revocation_until ON mapae_revocation (until);

-- one-time use: the ids of tokens and the digests of tickets
CREATE TABLE IF NOT EXISTS mapae_once (
  id      VARCHAR(512) CHARACTER SET ascii COLLATE ascii_nopad_bin PRIMARY KEY,
  content VARCHAR(4000) NOT NULL DEFAULT '',
  until   BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE=InnoDB;
CREATE INDEX IF NOT EXISTS mapae_once_until ON mapae_once (until);

CREATE TABLE IF NOT EXISTS mapae_attempts (
  id       VARCHAR(64) PRIMARY KEY,
  failures INTEGER NOT NULL,
  last     BIGINT NOT NULL,
  until    BIGINT NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE=InnoDB;
CREATE INDEX IF NOT EXISTS mapae_attempts_until ON mapae_attempts (until);

-- one row a generation, never changed: whoever inserts it first has made it; private keys are sealed
CREATE TABLE IF NOT EXISTS mapae_key (
  generation BIGINT PRIMARY KEY,
  id         VARCHAR(64) NOT NULL,
  algorithm  VARCHAR(16) NOT NULL,
  signs_from BIGINT NOT NULL,
  public_jwk VARCHAR(4000) NOT NULL,
  sealed     VARCHAR(8000) NOT NULL
) CHARACTER SET utf8mb4 COLLATE utf8mb4_nopad_bin ENGINE=InnoDB;
