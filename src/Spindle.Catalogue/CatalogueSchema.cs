// SPDX-License-Identifier: MIT
namespace Spindle.Catalogue;

/// <summary>The tables of <c>catalogue.db</c>, and how an older one becomes today's. docs/formats/catalogue.md explains them.</summary>
internal static class CatalogueSchema
{
    /// <summary>"SpdC": says that a database is a catalogue of ours (SQLite file format §1.3.15).</summary>
    public const int ApplicationId = 0x53706443;

    /// <summary>The steps from one version to the next; the version of a database (its user_version) is how many it has taken.</summary>
    /// <remarks>A step that was released is never changed: another one is added.</remarks>
    public static IReadOnlyList<string> Steps { get; } = [Version1, Version2, Version3, Version4, Version5, Version6, Version7];

    private const string Version1 = """
        -- What holds for the whole archive: uuid, job, client, hashes (sha256 or sha256,sha512).
        CREATE TABLE archive (
            key   TEXT PRIMARY KEY,
            value TEXT NOT NULL
        ) WITHOUT ROWID;

        -- A look at a source. Its number is a point in time: what the archive held then can be had again.
        CREATE TABLE scan (
            id       INTEGER PRIMARY KEY,
            source   BLOB NOT NULL,          -- absolute path of the tree that was walked
            prefix   BLOB NOT NULL,          -- where the tree stands in the archive: '' or 'name/of/directory'
            started  TEXT NOT NULL,          -- RFC 3339
            finished TEXT,                   -- null while it goes on, and where it was cut off
            detail   TEXT                    -- JSON: counts, options, what could not be read
        );

        -- What files hold, each once.
        CREATE TABLE content (
            id     INTEGER PRIMARY KEY,
            size   INTEGER NOT NULL,         -- bytes
            sha256 BLOB UNIQUE,              -- null where an imported catalogue has SHA-512 only, until the file is read
            sha512 BLOB,                     -- where it was asked for
            CHECK (sha256 IS NOT NULL OR sha512 IS NOT NULL)
        );
        CREATE UNIQUE INDEX content_sha512 ON content (sha512) WHERE sha512 IS NOT NULL;

        -- Every directory that the archive ever held, by its path from the archive's root, without '/' at either end.
        CREATE TABLE directory (
            id     INTEGER PRIMARY KEY,      -- 1 is the root
            parent INTEGER REFERENCES directory (id),
            path   BLOB NOT NULL UNIQUE
        );
        INSERT INTO directory (id, parent, path) VALUES (1, NULL, x'');

        -- A name in a directory as it was from one scan to before another. Directories have entries, too, but for the root.
        CREATE TABLE entry (
            id         INTEGER PRIMARY KEY,
            directory  INTEGER NOT NULL REFERENCES directory (id),
            name       BLOB NOT NULL,        -- bytes as the source gave them
            kind       INTEGER NOT NULL,     -- 0 file, 1 directory, 2 symlink, 3 fifo, 4 character device, 5 block device, 6 socket
            content    INTEGER REFERENCES content (id), -- of files that were read whole; null where one could not be
            size       INTEGER NOT NULL,     -- bytes of a file, 0 of others
            modified   INTEGER NOT NULL,     -- ns since 1970-01-01 UTC
            changed    INTEGER NOT NULL,     -- ns: status change, to see that nothing changed
            device     INTEGER NOT NULL,     -- 0 is that of the source's root: its number may be another tomorrow
            inode      INTEGER NOT NULL,
            mode       INTEGER NOT NULL,     -- st_mode & 07777
            uid        INTEGER NOT NULL,
            gid        INTEGER NOT NULL,
            link_group INTEGER,              -- the same number: names of one file (hard links); the id of its first entry
            target     BLOB,                 -- of a symlink
            extra      TEXT,                 -- JSON: owner names, xattrs (ACLs are some), data runs, device numbers
            flags      INTEGER NOT NULL DEFAULT 0, -- 1: changed while it was read
            first_scan INTEGER NOT NULL REFERENCES scan (id),
            gone_scan  INTEGER REFERENCES scan (id),  -- the scan that found it gone or changed
            disc       INTEGER REFERENCES disc (number) -- whose tree and lists show this name; null until planned
        );
        CREATE UNIQUE INDEX entry_now ON entry (directory, name) WHERE gone_scan IS NULL;
        CREATE INDEX entry_was ON entry (directory, name) WHERE gone_scan IS NOT NULL;
        CREATE INDEX entry_content ON entry (content) WHERE content IS NOT NULL;
        CREATE INDEX entry_directory ON entry (directory, name) WHERE kind = 1;
        CREATE INDEX entry_disc ON entry (disc, directory, name) WHERE disc IS NOT NULL;
        CREATE INDEX entry_inode ON entry (inode) WHERE kind = 0;              -- hard links, and files that moved
        CREATE INDEX entry_gone ON entry (gone_scan) WHERE gone_scan IS NOT NULL; -- what a scan found gone

        -- A decision which contents go onto which discs. Its discs can be made from it for ever.
        CREATE TABLE plan (
            id       INTEGER PRIMARY KEY,
            uuid     TEXT NOT NULL,
            created  TEXT NOT NULL,          -- RFC 3339; the time that its discs carry
            scan     INTEGER NOT NULL REFERENCES scan (id), -- the newest scan that it knows of
            capacity INTEGER NOT NULL,       -- sectors of 2048 bytes
            detail   TEXT NOT NULL           -- JSON: options, lower bound, cohesion
        );

        CREATE TABLE disc (
            number   INTEGER PRIMARY KEY,    -- from 0, through all plans
            plan     INTEGER NOT NULL REFERENCES plan (id),
            uuid     TEXT NOT NULL UNIQUE,
            label    TEXT NOT NULL,          -- name of its volume
            name     TEXT,                   -- what its owner calls it, if that is something else
            status   TEXT NOT NULL,          -- planned, written, imported
            sectors  INTEGER NOT NULL,       -- of the image, as planned and as written
            files    INTEGER NOT NULL,
            bytes    INTEGER NOT NULL,       -- of contents
            sha256   BLOB,                   -- of the image, when written
            written  TEXT,
            image    TEXT                    -- where it was written to
        );

        -- Where a content lies: whole (part 0), or in parts 1 to n on several discs.
        CREATE TABLE placement (
            content INTEGER NOT NULL REFERENCES content (id),
            part    INTEGER NOT NULL,
            disc    INTEGER NOT NULL REFERENCES disc (number),
            offset  INTEGER NOT NULL,        -- bytes into the content
            length  INTEGER NOT NULL,        -- bytes
            sha256  BLOB,                    -- of the part, once it was read
            PRIMARY KEY (content, part, disc)
        ) WITHOUT ROWID;
        CREATE INDEX placement_disc ON placement (disc);

        -- Names that more discs show than entry.disc says: of files that are in parts.
        CREATE TABLE entry_also (
            disc  INTEGER NOT NULL REFERENCES disc (number),
            entry INTEGER NOT NULL REFERENCES entry (id),
            PRIMARY KEY (disc, entry)
        ) WITHOUT ROWID;

        -- A disc in a box: one of several of the same number.
        CREATE TABLE copy (
            id     INTEGER PRIMARY KEY,
            disc   INTEGER NOT NULL REFERENCES disc (number),
            name   TEXT NOT NULL,
            place  TEXT,
            made   TEXT,
            detail TEXT                      -- JSON: medium, batch, drive, speed
        );

        -- What happened to a disc or a copy: written, burned, verified, checked, restored from.
        CREATE TABLE event (
            id      INTEGER PRIMARY KEY,
            at      TEXT NOT NULL,           -- RFC 3339
            disc    INTEGER REFERENCES disc (number),
            copy    INTEGER REFERENCES copy (id),
            kind    TEXT NOT NULL,
            verdict TEXT,
            drive   TEXT,
            detail  TEXT                     -- JSON
        );
        CREATE INDEX event_disc ON event (disc);
        """;

    private const string Version2 = """
        -- Discs that were imaged. They are none of the archive's: no plan counts on them, no disc lists them.
        CREATE TABLE imaged (
            id         INTEGER PRIMARY KEY,
            name       TEXT NOT NULL,        -- of the image, without .iso
            image      TEXT NOT NULL UNIQUE, -- where it is
            volume     TEXT,                 -- name of the volume
            at         TEXT NOT NULL,        -- RFC 3339
            length     INTEGER NOT NULL,     -- bytes of the image
            sha256     BLOB,                 -- of the image, where it was taken
            status     TEXT NOT NULL,        -- as the manifest says
            unreadable INTEGER NOT NULL,     -- sectors
            place      TEXT,                 -- where the disc is kept
            record     TEXT NOT NULL         -- the manifest, JSON
        );
        CREATE INDEX imaged_name ON imaged (name);

        -- What is on them.
        CREATE TABLE imaged_file (
            imaged   INTEGER NOT NULL REFERENCES imaged (id) ON DELETE CASCADE,
            path     BLOB NOT NULL,          -- from the disc's root, UTF-8
            size     INTEGER NOT NULL,       -- bytes
            modified INTEGER,                -- ns since 1970-01-01 UTC; null where the disc does not say
            sha256   BLOB,                   -- null where not all of it could be read
            PRIMARY KEY (imaged, path)
        ) WITHOUT ROWID;
        CREATE INDEX imaged_file_sha256 ON imaged_file (sha256) WHERE sha256 IS NOT NULL;
        """;

    private const string Version3 = """
        -- Images that were held against their records, by their paths: of discs that were imaged, or of collections that others made.
        CREATE TABLE audit (
            id      INTEGER PRIMARY KEY,
            image   TEXT NOT NULL,           -- absolute path
            at      TEXT NOT NULL,           -- RFC 3339
            state   TEXT NOT NULL,           -- pass, changed, missing, unverifiable, unreadable, no-record, adopted
            detail  TEXT NOT NULL            -- JSON: in words what was found, the records, the bytes, the hashes
        );
        CREATE INDEX audit_image ON audit (image, at);
        """;

    private const string Version4 = """
        -- What kinds of disc the imaged ones are; none where nobody has looked, as of those that were imaged before there was this table.
        CREATE TABLE imaged_kind (
            imaged   INTEGER NOT NULL REFERENCES imaged (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,       -- from 0: the most telling first
            kind     TEXT NOT NULL,          -- dvd-video, blu-ray, pictures, data, empty, unknown…: docs/manual/looking-into-discs.md
            PRIMARY KEY (imaged, position)
        ) WITHOUT ROWID;
        """;

    private const string Version5 = """
        -- Discs of a plan that have parity discs in common: as many of all of these may be lost as there are parity discs.
        CREATE TABLE parity_set (
            number      INTEGER PRIMARY KEY, -- from 0, through all plans
            plan        INTEGER NOT NULL REFERENCES plan (id),
            uuid        TEXT NOT NULL UNIQUE, -- of the plan's uuid, and which of its sets it is
            rows        INTEGER NOT NULL,    -- parity discs
            first_disc  INTEGER NOT NULL REFERENCES disc (number),
            last_disc   INTEGER NOT NULL REFERENCES disc (number), -- all from the first to this one belong to it, unless they were withdrawn
            status      TEXT NOT NULL,       -- planned; open: some discs are in its sums; closed: its parity discs were made; told: known from a catalogue that was imported
            sums        TEXT                 -- where its sums are, as long as it is open
        );
        CREATE INDEX parity_set_plan ON parity_set (plan);

        -- Discs that are in the sums of their set, or in its parity discs: none of them is needed for these any more.
        CREATE TABLE parity_member (
            parity_set INTEGER NOT NULL REFERENCES parity_set (number) ON DELETE CASCADE,
            disc       INTEGER NOT NULL REFERENCES disc (number),
            place      INTEGER NOT NULL,     -- in the list, from 0, in the order in which they were added
            length     INTEGER NOT NULL,     -- bytes of the image that the set covers: without RS03
            sha256     BLOB NOT NULL,        -- of these
            PRIMARY KEY (parity_set, disc)
        ) WITHOUT ROWID;

        CREATE TABLE parity_disc (
            id         INTEGER PRIMARY KEY,
            parity_set INTEGER NOT NULL REFERENCES parity_set (number) ON DELETE CASCADE,
            row        INTEGER NOT NULL,     -- of parity, from 1
            uuid       TEXT NOT NULL UNIQUE,
            label      TEXT NOT NULL,        -- name of its volume
            sectors    INTEGER NOT NULL,     -- of its image; 0 until it was made
            sha256     BLOB,                 -- of its image
            written    TEXT,                 -- RFC 3339; null until it was made
            image      TEXT,                 -- where it was written to
            UNIQUE (parity_set, row)
        );
        """;

    private const string Version6 = """
        -- The vault: what programs that speak S3 have put here. docs/formats/vault.md explains it. Keys that let them in are in a file of their own.
        CREATE TABLE vault_bucket (
            id      INTEGER PRIMARY KEY,
            name    TEXT NOT NULL,
            owner   TEXT NOT NULL,           -- name of the key that it belongs to
            created INTEGER NOT NULL,        -- ms since 1970-01-01 UTC
            region  TEXT NOT NULL,           -- that its maker named, or ''
            rules   TEXT NOT NULL,           -- JSON: what becomes of its objects
            gone    INTEGER                  -- ms: when it was deleted
        );
        CREATE UNIQUE INDEX vault_bucket_now ON vault_bucket (name) WHERE gone IS NULL;

        CREATE TABLE vault_object (
            id       INTEGER PRIMARY KEY AUTOINCREMENT, -- never given twice
            bucket   INTEGER NOT NULL REFERENCES vault_bucket (id),
            key      BLOB NOT NULL,          -- UTF-8
            size     INTEGER NOT NULL,       -- bytes
            etag     TEXT NOT NULL,          -- without quotes
            sha256   BLOB NOT NULL,
            modified INTEGER NOT NULL,       -- ms: when it was put
            class    TEXT,                   -- storage class that it was put with
            detail   TEXT NOT NULL,          -- JSON: headers, metadata, checksum, parts
            file     TEXT,                   -- its file in the landing; null: on discs only, or empty
            content  INTEGER REFERENCES content (id), -- since it was packed
            until    INTEGER,                -- ms: fetched, and stays so long at least
            used     INTEGER NOT NULL,       -- ms: when it was read last, about
            lost     TEXT,                   -- why it could not be fetched
            gone     INTEGER,                -- ms: when it was deleted or overwritten; only what is on discs is kept then
            gone_by  TEXT                    -- name of the key that did
        );
        CREATE UNIQUE INDEX vault_object_now ON vault_object (bucket, key) WHERE gone IS NULL;
        CREATE INDEX vault_object_content ON vault_object (content) WHERE content IS NOT NULL;
        CREATE INDEX vault_object_file ON vault_object (file) WHERE file IS NOT NULL;
        CREATE INDEX vault_object_new ON vault_object (bucket, key) WHERE content IS NULL AND gone IS NULL;

        -- What was asked for and is on discs only.
        CREATE TABLE vault_wish (
            object INTEGER PRIMARY KEY REFERENCES vault_object (id) ON DELETE CASCADE,
            asked  INTEGER NOT NULL,         -- ms
            tier   INTEGER NOT NULL,         -- 0 expedited, 1 standard, 2 bulk
            days   INTEGER NOT NULL,         -- so long it is to stay
            by     TEXT NOT NULL             -- name of the key that asked
        );

        -- Objects that come in parts and are not complete.
        CREATE TABLE vault_upload (
            id      TEXT PRIMARY KEY,
            bucket  INTEGER NOT NULL REFERENCES vault_bucket (id),
            key     BLOB NOT NULL,
            started INTEGER NOT NULL,        -- ms
            by      TEXT NOT NULL,
            class   TEXT,
            checksum TEXT,                   -- algorithm that its parts carry
            composite INTEGER NOT NULL,      -- 1: the object's is made of those of its parts
            detail  TEXT NOT NULL            -- JSON, as of an object
        ) WITHOUT ROWID;
        CREATE INDEX vault_upload_key ON vault_upload (bucket, key);

        CREATE TABLE vault_part (
            upload   TEXT NOT NULL REFERENCES vault_upload (id) ON DELETE CASCADE,
            number   INTEGER NOT NULL,       -- 1 to 10000
            size     INTEGER NOT NULL,
            etag     TEXT NOT NULL,          -- MD5
            modified INTEGER NOT NULL,       -- ms
            checksum TEXT,                   -- base64
            file     TEXT,                   -- in the landing; null where it is empty
            PRIMARY KEY (upload, number)
        ) WITHOUT ROWID;
        """;

    private const string Version7 = """
        -- Parity discs that were burned: as copy and event, of discs that have no number.
        CREATE TABLE parity_copy (
            id          INTEGER PRIMARY KEY,
            parity_disc INTEGER NOT NULL REFERENCES parity_disc (id) ON DELETE CASCADE,
            name        TEXT NOT NULL,
            place       TEXT,
            made        TEXT NOT NULL,       -- RFC 3339
            sha256      BLOB NOT NULL,       -- of the image: a set that was extended has other ones
            detail      TEXT,                -- JSON, as copy.detail
            UNIQUE (parity_disc, name)
        );

        CREATE TABLE parity_event (
            id          INTEGER PRIMARY KEY,
            at          TEXT NOT NULL,       -- RFC 3339
            parity_disc INTEGER NOT NULL REFERENCES parity_disc (id) ON DELETE CASCADE,
            parity_copy INTEGER REFERENCES parity_copy (id),
            kind        TEXT NOT NULL,       -- burned, verified
            verdict     TEXT,
            drive       TEXT,
            detail      TEXT                 -- JSON, as event.detail
        );
        CREATE INDEX parity_event_copy ON parity_event (parity_copy);
        """;
}
