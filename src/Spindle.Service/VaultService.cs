// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Service.S3;
using Spindle.Service.Web;
using Spindle.Service.WebDav;
using Spindle.Station.Contract;
using Spindle.Station.Vaults;
using Spindle.Vault;
using Spindle.Vault.Moving;
using Spindle.Vault.Objects;

namespace Spindle.Service;

/// <summary>The vault of a catalogue, served to programs: and kept meanwhile, so that what is asked for and lies on images at hand comes, and a full landing gets room.</summary>
public sealed class VaultService : IAsyncDisposable
{
    private const double High = 0.9, Low = 0.7; // of what the landing may hold: from where on, and down to where
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    private readonly OpenVault _vault;
    private readonly PlainHost? _s3, _dav;
    private readonly Equipment _equipment;
    private readonly Action<string> _log;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _keeping;

    private VaultService(OpenVault vault, PlainHost? s3, PlainHost? dav, Equipment equipment, Action<string> log)
    {
        (_vault, _s3, _dav, _equipment, _log) = (vault, s3, dav, equipment, log);
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>Where programs that speak S3 are let in.</summary>
    public IReadOnlyList<Uri> S3Addresses => _s3?.Addresses ?? [];

    /// <summary>Where file managers are, by WebDAV.</summary>
    public IReadOnlyList<Uri> WebDavAddresses => _dav?.Addresses ?? [];

    /// <summary>Starts it.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="faces">Where it listens, and the domain below which buckets are hosts.</param>
    /// <param name="equipment">The machine's.</param>
    /// <param name="log">Is told of errors.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="OperationFailedException"><c>no-vault</c>, <c>landing-missing</c>; it can't listen.</exception>
    public static async Task<VaultService> StartAsync(string catalogue, VaultFaces faces, Equipment equipment, Action<string> log, CancellationToken cancellationToken)
    {
        OpenVault vault = OpenVault.Open(catalogue, equipment.Time);
        PlainHost? s3 = null;
        try
        {
            (int files, long bytes) = vault.Landing.Sweep(name => vault.Objects.Read(rows => ObjectRows.IsUsed(rows, name)), equipment.Time.GetUtcNow());
            if (files > 0)
            {
                log($"spindle: {Figures.Count(files, "file", "files")} of the landing, {bytes} bytes, belonged to no object, as a crash leaves them: taken away");
            }

            s3 = faces.S3.Count == 0 ? null : await PlainHost.StartAsync(faces.S3, stopping => new S3Server(vault, faces.Domain, log, stopping).AnswerAsync, cancellationToken);
            PlainHost? dav = faces.WebDav.Count == 0 ? null : await PlainHost.StartAsync(faces.WebDav, _ => new DavServer(vault, log).AnswerAsync, cancellationToken);
            return new(vault, s3, dav, equipment, log);
        }
        catch
        {
            await (s3?.DisposeAsync() ?? ValueTask.CompletedTask);
            await vault.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops answering.</summary>
    public Task StopAsync() => Task.WhenAll(_s3?.StopAsync() ?? Task.CompletedTask, _dav?.StopAsync() ?? Task.CompletedTask);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _keeping;
        await (_s3?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (_dav?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _vault.DisposeAsync();
        _over.Dispose();
    }

    private async Task KeepAsync()
    {
        string? told = null;
        try
        {
            while (true)
            {
                TimeSpan pause = BetweenLooks;
                try
                {
                    await FetchAsync();
                    await EvictAsync();
                    told = null;
                }
                catch (OperationFailedException e)
                {
                    pause = AfterTrouble;
                    if (told != e.Failure.What)
                    {
                        _log($"spindle: {told = e.Failure.What}  [{e.Failure.Code}]");
                    }
                }

                await Task.Delay(pause, _equipment.Time, _over.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // It is over.
        }
    }

    private async Task FetchAsync()
    {
        if (_vault.Objects.Read(rows => Fetching.ImagesAtHand(rows, VaultViews.Wanted(rows).Select(disc => disc.Number))).Count > 0)
        {
            VaultDocument fetched = await VaultVerb.Verb.RunAsync(new() { Catalogue = _vault.Catalogue, Task = VaultTask.Thaw }, Work.Unattended(_equipment), _over.Token);
            foreach (Failure concern in fetched.Concerns)
            {
                _log($"spindle: {concern.What}  [{concern.Code}]");
            }
        }
    }

    private async Task EvictAsync()
    {
        if (_vault.Settings.LandingBytes is { } most && _vault.Objects.Read(Evictor.Held) > most * High)
        {
            await new Evictor(_vault).RunAsync((long)(most * Low), _over.Token);
        }
    }
}

/// <summary>Where a vault is served.</summary>
/// <param name="S3">To programs that speak S3.</param>
/// <param name="WebDav">To file managers and players, read-only.</param>
/// <param name="Domain">The domain below which buckets are hosts of S3; null for none.</param>
public sealed record VaultFaces(IReadOnlyList<ListenAddress> S3, IReadOnlyList<ListenAddress> WebDav, string? Domain)
{
    /// <summary>Whether it is served nowhere.</summary>
    public bool IsEmpty => S3.Count + WebDav.Count == 0;
}
