// SPDX-License-Identifier: MIT
using Spindle.Media;
using Spindle.Service.S3;
using Spindle.Service.Web;
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
    private readonly S3Host _host;
    private readonly Equipment _equipment;
    private readonly Action<string> _log;
    private readonly CancellationTokenSource _over = new();
    private readonly Task _keeping;

    private VaultService(OpenVault vault, S3Host host, Equipment equipment, Action<string> log)
    {
        (_vault, _host, _equipment, _log) = (vault, host, equipment, log);
        _keeping = Task.Run(KeepAsync);
    }

    /// <summary>Where it listens.</summary>
    public IReadOnlyList<Uri> Addresses => _host.Addresses;

    /// <summary>Starts it.</summary>
    /// <param name="catalogue">The catalogue.</param>
    /// <param name="addresses">Where it listens.</param>
    /// <param name="domain">The domain below which buckets are hosts; null for none.</param>
    /// <param name="equipment">The machine's.</param>
    /// <param name="log">Is told of errors.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="OperationFailedException"><c>no-vault</c>, <c>landing-missing</c>; it can't listen.</exception>
    public static async Task<VaultService> StartAsync(string catalogue, IReadOnlyList<ListenAddress> addresses, string? domain, Equipment equipment, Action<string> log, CancellationToken cancellationToken)
    {
        OpenVault vault = OpenVault.Open(catalogue, equipment.Time);
        try
        {
            (int files, long bytes) = vault.Landing.Sweep(name => vault.Objects.Read(rows => ObjectRows.IsUsed(rows, name)), equipment.Time.GetUtcNow());
            if (files > 0)
            {
                log($"spindle: {Figures.Count(files, "file", "files")} of the landing, {bytes} bytes, belonged to no object, as a crash leaves them: taken away");
            }

            return new(vault, await S3Host.StartAsync(vault, addresses, domain, log, cancellationToken), equipment, log);
        }
        catch
        {
            await vault.DisposeAsync();
            throw;
        }
    }

    /// <summary>Stops answering.</summary>
    public Task StopAsync() => _host.StopAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        await _keeping;
        await _host.DisposeAsync();
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
        if (_vault.Objects.Read(rows => Fetching.ImagesAtHand(rows, VaultViews.Wanted(rows))).Count > 0)
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
