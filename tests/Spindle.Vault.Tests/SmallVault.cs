// SPDX-License-Identifier: MIT
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Testing;
using Spindle.Vault.Landing;
using Spindle.Vault.Objects;

namespace Spindle.Vault.Tests;

/// <summary>A vault with a bucket, whose clock is moved by hand.</summary>
internal sealed class SmallVault : TimeProvider, IAsyncDisposable
{
    private readonly TempDirectory _directory = new();

    public SmallVault(int copies = 1)
    {
        OpenVault.Make(Catalogue, new(_directory["landing"], copies), CatalogueWait.ToWork(new Progress<WorkProgress>(), CancellationToken.None));
        Vault = OpenVault.Open(Catalogue, this);
        Bucket = Vault.Objects.WriteAsync(rows => Buckets.Add(rows, "photos", "me", "", Now)!).GetAwaiter().GetResult();
    }

    public DateTimeOffset Now { get; set; } = new(2026, 11, 28, 12, 0, 0, TimeSpan.Zero);

    public string Catalogue => _directory["catalogue.db"];

    public OpenVault Vault { get; private set; }

    public VaultBucket Bucket { get; private set; }

    public string LandingPath => _directory["landing"];

    public override DateTimeOffset GetUtcNow() => Now;

    /// <summary>Puts an object, as a server does.</summary>
    public async Task<VaultObject> PutAsync(string key, string content, string? storageClass = null)
    {
        await using IncomingFile file = new(Vault.Landing, null);
        Assert.True(await file.TakeAsync(new MemoryStream(Encoding.UTF8.GetBytes(content)), long.MaxValue - 1, CancellationToken.None));
        Sums sums = await file.EndAsync();
        (VaultObject made, string? left) = await Vault.Objects.WriteAsync(rows => ObjectRows.Put(rows, Bucket.Id, new()
        {
            Id = 0,
            Key = key,
            Size = file.Length,
            ETag = Convert.ToHexStringLower(sums.Md5),
            Sha256 = sums.Sha256,
            Modified = Now.ToUnixTimeMilliseconds(),
            StorageClass = storageClass,
            File = file.Length > 0 ? file.Name : null,
            Content = null,
            Until = null,
            Lost = null,
            Detail = ObjectDetail.None,
        }, "me"));
        file.Keep();
        Vault.Landing.Delete(left);
        return made;
    }

    public VaultObject? Find(string key) => Vault.Objects.Read(rows => ObjectRows.Find(rows, Bucket.Id, key));

    public async Task SetRulesAsync(BucketRules rules)
    {
        await Vault.Objects.WriteAsync(rows =>
        {
            Buckets.SetRules(rows, Bucket.Id, rules);
            return true;
        });
        Bucket = Vault.Objects.Read(rows => Buckets.Find(rows, Bucket.Name)!);
    }

    /// <summary>Says that the content of an object is on a disc of its own, of which there are verified copies.</summary>
    public void Write(VaultObject one, int disc, string status = "written", int copies = 1)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenForWriting(Catalogue);
        using SqliteTransaction transaction = database.BeginWriting();
        string hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes($"disc {disc}")));
        database.Run($"""
            INSERT OR IGNORE INTO scan (id, source, prefix, started) VALUES (1, x'', x'', '2026-11-28T12:00:00+00:00');
            INSERT OR IGNORE INTO plan (id, uuid, created, scan, capacity, detail) VALUES (1, 'plan', '2026-11-28T12:00:00+00:00', 1, 1000, '{"{}"}');
            INSERT OR IGNORE INTO disc (number, plan, uuid, label, status, sectors, files, bytes) VALUES ({disc}, 1, '{hash}', 'DISC_{disc}', '{status}', 1, 1, 1);
            INSERT OR IGNORE INTO content (size, sha256) VALUES ({one.Size}, x'{Convert.ToHexString(one.Sha256)}');
            INSERT INTO placement (content, part, disc, offset, length) SELECT id, 0, {disc}, 0, {one.Size} FROM content WHERE sha256 = x'{Convert.ToHexString(one.Sha256)}';
            UPDATE vault_object SET content = (SELECT id FROM content WHERE sha256 = x'{Convert.ToHexString(one.Sha256)}') WHERE id = {one.Id};
            """);
        for (int copy = 1; copy <= copies; copy++)
        {
            database.Run($"""
                INSERT INTO copy (disc, name, place) VALUES ({disc}, 'copy {copy}', 'shelf {copy}');
                INSERT INTO event (at, disc, copy, kind, verdict) VALUES ('2026-11-28T12:00:00+00:00', {disc}, last_insert_rowid(), 'verified', 'whole');
                """);
        }

        transaction.Commit();
    }

    public void Run(string sql)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenForWriting(Catalogue);
        database.Run(sql);
    }

    public async Task ReopenAsync()
    {
        await Vault.DisposeAsync();
        Vault = OpenVault.Open(Catalogue, this);
    }

    public async ValueTask DisposeAsync()
    {
        await Vault.DisposeAsync();
        _directory.Dispose();
    }
}
