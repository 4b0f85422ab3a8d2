// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.Data.Sqlite;
using Spindle.Catalogue;
using Spindle.Media;
using Spindle.Vault.Keys;
using Spindle.Vault.Landing;
using Spindle.Vault.Objects;

namespace Spindle.Vault;

/// <summary>A vault that is open: the objects of a catalogue, the landing that holds what is not on discs only, and the keys that let programs in.</summary>
public sealed class OpenVault : IAsyncDisposable
{
    private OpenVault(string catalogue, VaultSettings settings, TimeProvider time)
    {
        (Catalogue, Settings, Time) = (catalogue, settings, time);
        Landing = new(settings.Landing);
        Keys = new(settings.Landing, time);
        Objects = VaultDatabase.Open(catalogue);
    }

    /// <summary>The catalogue.</summary>
    public string Catalogue { get; }

    /// <summary>What was said when it was made.</summary>
    public VaultSettings Settings { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Where contents lie.</summary>
    public LandingFolder Landing { get; }

    /// <summary>Who is let in.</summary>
    public KeyFile Keys { get; }

    /// <summary>Buckets, objects and wishes.</summary>
    public VaultDatabase Objects { get; }

    /// <summary>Makes a vault of a catalogue; the catalogue is made, too, where there is none.</summary>
    /// <exception cref="OperationFailedException"><c>vault-exists</c>, <c>landing-not-empty</c>; the catalogue or the folder can't be made.</exception>
    public static void Make(string catalogue, VaultSettings settings, CatalogueWait wait)
    {
        using CatalogueDatabase database = CatalogueDatabase.OpenOrCreate(catalogue, wait);
        if (database.Setting(VaultSettings.LandingKey) is { } landing)
        {
            throw Failures.VaultExists(catalogue, landing);
        }

        if (Directory.Exists(settings.Landing) && Directory.EnumerateFileSystemEntries(settings.Landing).Any())
        {
            throw Failures.LandingInUse(settings.Landing);
        }

        new LandingFolder(settings.Landing).Create();
        using SqliteTransaction transaction = database.BeginWriting();
        settings.Write(database);
        transaction.Commit();
    }

    /// <summary>Whether a catalogue has a vault.</summary>
    public static bool IsIn(CatalogueDatabase database) => VaultSettings.Read(database) is not null;

    /// <summary>Opens the vault of a catalogue.</summary>
    /// <exception cref="OperationFailedException"><c>no-vault</c>, <c>landing-missing</c>; the catalogue can't be opened.</exception>
    public static OpenVault Open(string catalogue, TimeProvider time)
    {
        VaultSettings? settings;
        using (CatalogueDatabase database = CatalogueDatabase.OpenForReading(catalogue))
        {
            settings = VaultSettings.Read(database);
        }

        return settings is null ? throw Failures.NoVault(catalogue)
            : !Directory.Exists(settings.Landing) ? throw Failures.LandingGone(settings.Landing)
            : new(catalogue, settings, time);
    }

    /// <summary>There is no bucket of that name.</summary>
    public OperationFailedException NoSuchBucket(string name) => Failures.NoSuchBucket(Catalogue, name);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => Objects.DisposeAsync();
}

/// <summary>What holds for a whole vault.</summary>
/// <param name="Landing">The folder where objects come in and fetched ones lie, as an absolute path.</param>
/// <param name="Copies">How many verified copies an object must have on discs before its room is given back, from 1.</param>
/// <param name="LandingBytes">Bytes that the landing may hold: from nine tenths of that on, what may go, goes, down to seven tenths; null for what the disk has.</param>
public sealed record VaultSettings(string Landing, int Copies, long? LandingBytes = null)
{
    internal const string LandingKey = "vault.landing";
    private const string CopiesKey = "vault.copies", BytesKey = "vault.bytes";

    internal static VaultSettings? Read(CatalogueDatabase database) => database.Setting(LandingKey) is not { } landing ? null
        : new(landing, int.Parse(database.Setting(CopiesKey) ?? "1", CultureInfo.InvariantCulture), database.Setting(BytesKey) is { } bytes ? long.Parse(bytes, CultureInfo.InvariantCulture) : null);

    internal void Write(CatalogueDatabase database)
    {
        database.Set(LandingKey, Landing);
        database.Set(CopiesKey, Copies.ToString(CultureInfo.InvariantCulture));
        if (LandingBytes is { } bytes)
        {
            database.Set(BytesKey, bytes.ToString(CultureInfo.InvariantCulture));
        }
    }
}
