-- What an article was read from: unchanged means that it need not be decoded and taken apart again.
ALTER TABLE articles ADD COLUMN origin TEXT;
