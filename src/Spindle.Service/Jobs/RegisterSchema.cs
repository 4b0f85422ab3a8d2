// SPDX-License-Identifier: MIT
namespace Spindle.Service.Jobs;

/// <summary>The tables of the register, and how an older one becomes today's. docs/formats/jobs.md explains them.</summary>
/// <param name="counted">A number that the database draws, rising and never twice, as primary key.</param>
/// <param name="uuid">The type of a uuid.</param>
internal sealed class RegisterSchema(string counted, string uuid)
{
    /// <summary>"SpdJ": says that a database is a register of ours (SQLite file format §1.3.15).</summary>
    public const int ApplicationId = 0x5370644A;

    /// <summary>The steps from one version to the next; the version of a register is how many it has taken.</summary>
    /// <remarks>A step that was released is never changed: another one is added. Moments are ms since 1970-01-01 UTC.</remarks>
    public IReadOnlyList<string> Steps { get; } =
    [
        $"""
        -- Who works here, by the name of the station.
        CREATE TABLE station (
            name    text PRIMARY KEY,
            session {uuid} NOT NULL,         -- the run of its program that counts: the last one that entered
            program text NOT NULL,
            seen    bigint NOT NULL          -- its last beat
        );

        CREATE TABLE job (
            number        {counted},         -- what people call it by
            id            {uuid} NOT NULL UNIQUE,
            verb          text NOT NULL,
            title         text NOT NULL,
            request       text NOT NULL,     -- JSON: the verb's request
            resources     text NOT NULL,     -- JSON: names, sorted
            same          text NOT NULL,     -- SHA-256 of verb, request and resources: the same job
            station       text,              -- the only one that may do it
            movable       integer NOT NULL,  -- 1: whoever may do it begins anew when its station is gone
            priority      integer NOT NULL,  -- the higher first
            batch         text,
            operator_name text,
            retry_of      {uuid},            -- the job that it does again
            state         text NOT NULL,     -- queued, running, stopping, ended, lost
            stop          integer NOT NULL,  -- 0 not asked, 1 in order, 2 at once
            attempt       integer NOT NULL,  -- how often it was claimed
            token         {uuid} UNIQUE,     -- of the claim that counts, or that ended it
            holder        text,              -- the station of the last claim
            lease         bigint,            -- until when the holder must be heard of
            created       bigint NOT NULL,
            started       bigint,            -- the last attempt
            ended         bigint,
            process       integer,           -- the child of the last attempt
            process_start text,              -- what the system says of its start
            heartbeat     bigint,            -- when the child was last seen alive
            moved         bigint,            -- when something last moved
            progress      text,              -- JSON: the last one
            outcome       text,              -- done, incomplete, failed, cancelled, crashed, lost
            document      text,              -- JSON: the verb's
            document_path text,              -- where it lies on the holder
            failure_code  text,
            failure_what  text,
            failure_hint  text,
            exit_code     integer,
            exit_signal   integer
        );
        CREATE UNIQUE INDEX job_same ON job (same) WHERE state <> 'ended';
        CREATE INDEX job_open ON job (number) WHERE state <> 'ended';
        CREATE INDEX job_queue ON job (priority DESC, number) WHERE state = 'queued' OR state = 'lost';
        CREATE INDEX job_lease ON job (lease) WHERE state = 'running' OR state = 'stopping';
        CREATE INDEX job_ended ON job (ended) WHERE state = 'ended';
        CREATE INDEX job_batch ON job (batch, number) WHERE batch IS NOT NULL;

        -- What a job needs, all at once.
        CREATE TABLE job_resource (
            job      {uuid} NOT NULL,
            resource text NOT NULL,
            PRIMARY KEY (job, resource)
        );
        CREATE INDEX job_resource_name ON job_resource (resource, job);

        -- What is taken: by the key, nothing is twice. 'cpu' is 'cpu@STATION' here, with a slot for each token.
        CREATE TABLE holding (
            resource text NOT NULL,
            slot     integer NOT NULL,
            job      {uuid} NOT NULL,
            PRIMARY KEY (resource, slot)
        );
        CREATE INDEX holding_job ON holding (job);

        -- What came when the job had been given up.
        CREATE TABLE late_report (
            token         {uuid} PRIMARY KEY,
            job           {uuid} NOT NULL,
            holder        text NOT NULL,
            at            bigint NOT NULL,
            decision      text,              -- taken, discarded
            outcome       text NOT NULL,
            document      text,
            document_path text,
            failure_code  text,
            failure_what  text,
            failure_hint  text,
            exit_code     integer,
            exit_signal   integer
        );
        CREATE INDEX late_report_job ON late_report (job);

        -- What jobs need of people.
        CREATE TABLE question (
            id          {uuid} PRIMARY KEY,
            job         {uuid} NOT NULL,
            token       {uuid} NOT NULL,     -- of the claim that asks: the question is gone with it
            at          bigint NOT NULL,
            code        text NOT NULL,
            asked       text NOT NULL,
            answer      text,
            answered_by text
        );
        CREATE INDEX question_job ON question (job);

        -- What changed, in the order of commits.
        CREATE TABLE event (
            id      {counted},
            at      bigint NOT NULL,
            kind    text NOT NULL,
            job     {uuid},
            token   {uuid},
            attempt integer,
            author  text NOT NULL,           -- station or person; empty where nobody said
            detail  text NOT NULL
        );
        CREATE INDEX event_job ON event (job);
        """,
        """
        -- What people keep back: no job that needs it begins. 'station:NAME' is all of a station.
        CREATE TABLE hold (
            resource text PRIMARY KEY,
            at       bigint NOT NULL,
            author   text NOT NULL
        );

        -- Jobs that belong together. One that is closed takes no new ones.
        CREATE TABLE batch (
            name   text PRIMARY KEY,
            opened bigint NOT NULL,
            closed bigint,
            author text NOT NULL             -- of the last change
        );
        INSERT INTO batch (name, opened, author) SELECT batch, MIN(created), '' FROM job WHERE batch IS NOT NULL GROUP BY batch;
        """,
    ];
}
