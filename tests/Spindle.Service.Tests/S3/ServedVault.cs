// SPDX-License-Identifier: MIT
using Amazon.Runtime;
using Amazon.S3;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Service.S3;
using Spindle.Service.Web;
using Spindle.Testing;
using Spindle.Vault;
using Spindle.Vault.Keys;

namespace Spindle.Service.Tests.S3;

/// <summary>A vault that is served, and Amazon's own client to ask it.</summary>
public sealed class ServedVault : IAsyncLifetime
{
    private readonly TempDirectory _directory = new();
    private PlainHost? _host;
    private int _buckets;

    internal OpenVault Vault { get; private set; } = null!;

    internal Uri Address => _host!.Addresses[0];

    internal AmazonS3Client Client { get; private set; } = null!;

    internal List<string> Log { get; } = [];

    internal string Catalogue => _directory["catalogue.db"];

    public async ValueTask InitializeAsync()
    {
        OpenVault.Make(Catalogue, new(_directory["landing"], 1), CatalogueWait.ToWork(new Progress<WorkProgress>(), CancellationToken.None));
        Vault = OpenVault.Open(Catalogue, TimeProvider.System);
        _host = await PlainHost.StartAsync([.. ListenAddress.Parse("http://127.0.0.1:0")], stopping => new S3Server(Vault, "vault.example", Log.Add, stopping).AnswerAsync, CancellationToken.None);
        Client = ClientOf("me", [], null);
    }

    /// <summary>A client with a key of its own.</summary>
    internal AmazonS3Client ClientOf(string name, IReadOnlyList<string> buckets, string? rights)
    {
        AccessKey key = Vault.Keys.Add(name, buckets, rights);
        return ClientOf(key.Id, key.Secret);
    }

    internal AmazonS3Client ClientOf(string id, string secret) => new(new BasicAWSCredentials(id, secret), new AmazonS3Config
    {
        ServiceURL = Address.GetLeftPart(UriPartial.Authority),
        ForcePathStyle = true,
        AuthenticationRegion = "us-east-1",
        MaxErrorRetry = 0,
        UseHttp = true,
    });

    /// <summary>Makes a bucket.</summary>
    internal async Task<string> BucketAsync()
    {
        string name = $"bucket-{Interlocked.Increment(ref _buckets)}";
        await Client.PutBucketAsync(name);
        return name;
    }

    internal Task PutAsync(string bucket, string key, string content) => Client.PutObjectAsync(new() { BucketName = bucket, Key = key, ContentBody = content, UseChunkEncoding = false });

    internal async Task<string> GetAsync(string bucket, string key)
    {
        using Amazon.S3.Model.GetObjectResponse answer = await Client.GetObjectAsync(bucket, key);
        using StreamReader reader = new(answer.ResponseStream);
        return await reader.ReadToEndAsync();
    }

    /// <summary>What S3 calls the refusal of something.</summary>
    internal static async Task<string?> CodeAsync(Func<Task> action) => await Record.ExceptionAsync(action) is { } thrown ? Assert.IsType<AmazonS3Exception>(thrown, exactMatch: false).ErrorCode : null;

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _host!.DisposeAsync();
        await Vault.DisposeAsync();
        _directory.Dispose();
    }
}
